export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Canvas {
  zoom(to: number, center: 'auto'): number;
  resized(): void;
  viewbox(
    box?: object,
  ): { outer: { width: number; height: number }; inner: Box; scale: number } & Box;
  addMarker(id: string, marker: string): void;
  removeMarker(id: string, marker: string): void;
  scrollToElement(id: string, padding?: object): void;
}

const MARGIN = 24;
const READABLE = 0.7;

/** Which part of the diagram is seen, until the reader moves it. */
export class Viewport {
  private touched = false;

  constructor(
    private readonly canvas: Canvas,
    private readonly container: HTMLElement,
  ) {
    const touch = () => {
      this.touched = true;
    };
    container.addEventListener('wheel', touch, { passive: true });
    container.addEventListener('pointerdown', touch);
  }

  /** A long flow in a narrow panel starts readable at its trigger, not whole and tiny. */
  start(trigger: Box | undefined): void {
    const { clientWidth, clientHeight } = this.container;
    if (this.touched || clientWidth === 0 || clientHeight === 0) return;
    if (this.fitting() >= READABLE) this.whole();
    else this.readFrom(trigger);
  }

  /** From the corner where both directions of drawing begin, as large as one of them allows. */
  private readFrom(trigger: Box | undefined): void {
    const { inner, outer } = this.canvas.viewbox();
    const [wide, high] = this.ratios();
    const scale = Math.max(READABLE, Math.min(1, Math.max(wide, high)));
    const [width, height] = [outer.width / scale, outer.height / scale];
    const begin = (from: number, extent: number, at: number, size: number) =>
      at + size + MARGIN > from + extent ? at + size / 2 - extent / 2 : from;
    const [left, top] = [inner.x - MARGIN, inner.y - MARGIN];
    const x = trigger ? begin(left, width, trigger.x, trigger.width) : left;
    const y = trigger ? begin(top, height, trigger.y, trigger.height) : top;
    this.canvas.viewbox({ x, y, width, height });
  }

  fit(): void {
    this.touched = true;
    this.whole();
  }

  zoom(factor: number): void {
    this.touched = true;
    const scale = this.canvas.viewbox().scale * factor;
    this.canvas.zoom(Math.max(0.1, Math.min(3, scale)), 'auto');
  }

  /** Moves what is seen by a part of its own extent: 0.25 shows a quarter more at the right or below. */
  pan(dx: number, dy: number): void {
    this.touched = true;
    const { x, y, width, height } = this.canvas.viewbox();
    this.canvas.viewbox({ x: x + dx * width, y: y + dy * height, width, height });
  }

  private whole(): void {
    this.show(this.canvas.viewbox().inner, this.fitting());
  }

  private fitting(): number {
    return Math.max(0.1, Math.min(1, ...this.ratios()));
  }

  private ratios(): [wide: number, high: number] {
    const { inner, outer } = this.canvas.viewbox();
    return [outer.width / (inner.width + 2 * MARGIN), outer.height / (inner.height + 2 * MARGIN)];
  }

  private show(box: Box, scale: number): void {
    const { outer } = this.canvas.viewbox();
    const [width, height] = [outer.width / scale, outer.height / scale];
    const [x, y] = [box.x + (box.width - width) / 2, box.y + (box.height - height) / 2];
    this.canvas.viewbox({ x, y, width, height });
  }
}
