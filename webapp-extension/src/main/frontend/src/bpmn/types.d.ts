/** The little that we use of packages without types of their own, or with types that do not say more. */
declare module 'tiny-svg' {
  export function append(parent: SVGElement, child: SVGElement): SVGElement;
  export function create(name: string, attributes?: Record<string, string | number>): SVGElement;
}
