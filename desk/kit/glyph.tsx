/** Shapes of 12 × 12, one meaning each; always beside a word. */
const shapes = {
  square: <rect x="1.5" y="1.5" width="9" height="9" fill="currentColor" />,
  triangle: <path d="M6 1.5 11.2 10.5H.8Z" fill="currentColor" />,
  diamond: <path d="M6 1 11 6 6 11 1 6Z" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  circle: <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  dot: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  ring: <circle cx="6" cy="6" r="3.25" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="3 2" />,
  dash: <path d="M2 6H10" stroke="currentColor" strokeWidth="1.5" />,
  cross: <path d="M2.5 2.5 9.5 9.5M9.5 2.5 2.5 9.5" stroke="currentColor" strokeWidth="1.6" fill="none" />,
  tick: <path d="M2 6.4 4.8 9 10 3.2" stroke="currentColor" strokeWidth="1.6" fill="none" />,
  down: <path d="M3 4.5 6 7.5 9 4.5" fill="none" stroke="currentColor" strokeWidth="1.4" />,
  left: <path d="M7.5 2.5 4 6l3.5 3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  look: (
    <>
      <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M7.6 7.6 11 11" stroke="currentColor" strokeWidth="1.4" />
    </>
  ),
  lock: (
    <>
      <rect x="2.5" y="5.5" width="7" height="5" rx="1" fill="currentColor" />
      <path d="M4 5.5V4a2 2 0 0 1 4 0v1.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
    </>
  ),
  bell: (
    <path
      d="M2 9h8M3 9V5.6a3 3 0 0 1 6 0V9M5 10.6h2M6 1.2v1.4"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.3"
      strokeLinecap="round"
    />
  ),
  back: <path d="M4.5 2 2 4.5 4.5 7M2.4 4.5H7a3 3 0 0 1 0 6H4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  again: <path d="M10 6a4 4 0 1 1-1.2-2.9M9.4 1v2.6H6.8" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  empty: <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  quarter: (
    <>
      <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 6V1.5A4.5 4.5 0 0 1 10.5 6Z" fill="currentColor" />
    </>
  ),
  half: (
    <>
      <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 1.5A4.5 4.5 0 0 1 6 10.5Z" fill="currentColor" />
    </>
  ),
  threeQuarters: (
    <>
      <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 6V1.5A4.5 4.5 0 1 1 1.5 6Z" fill="currentColor" />
    </>
  ),
  done: (
    <>
      <circle cx="6" cy="6" r="5.5" fill="currentColor" />
      <path d="M3.4 6.2 5.3 8 8.7 4.3" fill="none" stroke="var(--card)" strokeWidth="1.5" />
    </>
  ),
  doneAhead: (
    <>
      <circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M3.8 6.2 5.4 7.7 8.3 4.6" fill="none" stroke="currentColor" strokeWidth="1.4" />
    </>
  ),
  pause: <path d="M4 2.5v7M8 2.5v7" stroke="currentColor" strokeWidth="1.8" />,
} as const;

export type GlyphName = keyof typeof shapes;

export function Glyph({ name, className }: { name: GlyphName; className?: string }) {
  return (
    <svg className={className ? `glyph ${className}` : 'glyph'} viewBox="0 0 12 12" aria-hidden="true">
      {shapes[name]}
    </svg>
  );
}
