const PATHS = {
  back: 'M10 3 5 8l5 5',
  chevron: 'm6 4 4 4-4 4',
  check: 'm3.5 8.5 3 3 6-7',
  close: 'm4 4 8 8M12 4l-8 8',
  copy: 'M5.5 5.5h7v8h-7zM3.5 10.5v-8h7',
  download: 'M8 2.5v7.5M4.8 7 8 10.2 11.2 7M3 11v2.5h10V11',
  external: 'M9 3h4v4M13 3 7.5 8.5M11 9.5V13H3V5h3.5',
  fit: 'M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3',
  full: 'M9.5 3H13v3.5M13 3 9 7M6.5 13H3V9.5M3 13l4-4',
  restore: 'M13 6.5H9.5V3M9.5 6.5 13 3M3 9.5h3.5V13M6.5 9.5 3 13',
  minus: 'M3.5 8h9',
  play: 'M5 3.2v9.6l7.5-4.8z',
  plus: 'M8 3.5v9M3.5 8h9',
  refresh: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3',
  right: 'M2.5 3h11v10h-11zM9.5 3v10',
  bottom: 'M2.5 3h11v10h-11zM2.5 9h11',
  search: 'M7 3a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM10 10l3.5 3.5',
  tall: 'M4.5 2.5h7v3h-7zM4.5 10.5h7v3h-7zM8 5.5v5',
  wide: 'M2.5 4.5h3v7h-3zM10.5 4.5h3v7h-3zM5.5 8h5',
  warning: 'M8 2.5 14 13H2zM8 6.5v3M8 11.2v.3',
} as const;

export type IconName = keyof typeof PATHS;

/** A 16 px line icon, for the eye only: the words are in the control around it. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill={name === 'play' ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
