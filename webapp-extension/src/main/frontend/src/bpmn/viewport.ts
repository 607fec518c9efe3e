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

  private readFrom(trigger: Box | undefined): void {
    const { inner, outer } = this.canvas.viewbox();
    const tall = inner.height > outer.height / READABLE;
    const { y, height } = tall && trigger ? trigger : inner;
    this.show({ x: inner.x - MARGIN, width: outer.width / READABLE, y, height }, READABLE);
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

  private whole(): void {
    this.show(this.canvas.viewbox().inner, this.fitting());
  }

  private fitting(): number {
    const { inner, outer } = this.canvas.viewbox();
    const wide = outer.width / (inner.width + 2 * MARGIN);
    const high = outer.height / (inner.height + 2 * MARGIN);
    return Math.max(0.1, Math.min(1, wide, high));
  }

  private show(box: Box, scale: number): void {
    const { outer } = this.canvas.viewbox();
    const [width, height] = [outer.width / scale, outer.height / scale];
    const [x, y] = [box.x + (box.width - width) / 2, box.y + (box.height - height) / 2];
    this.canvas.viewbox({ x, y, width, height });
  }
}
