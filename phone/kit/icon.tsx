import type { JSX } from 'preact';

/** Line = an act or a kind of need, filled = a state. Always beside a word, so hidden from screen readers. */
const circle = <circle cx="12" cy="12" r="9.3" />;
const drawings = {
  // States: a circle that fills; the tick belongs to the requester.
  empty: circle,
  quarter: (
    <>
      {circle}
      <path class="solid" d="M12 12V2.7a9.3 9.3 0 0 1 9.3 9.3z" />
    </>
  ),
  half: (
    <>
      {circle}
      <path class="solid" d="M12 2.7a9.3 9.3 0 0 1 0 18.6z" />
    </>
  ),
  threeQuarters: (
    <>
      {circle}
      <path class="solid" d="M12 12H2.7A9.3 9.3 0 1 0 12 2.7z" />
    </>
  ),
  done: (
    <path
      class="solid"
      fill-rule="evenodd"
      d="M12 1.5a10.5 10.5 0 1 0 0 21 10.5 10.5 0 0 0 0-21zm5.9 7.9-7 7a1.2 1.2 0 0 1-1.7 0l-3.3-3.3 1.7-1.7 2.4 2.4 6.2-6.1z"
    />
  ),
  dot: (
    <>
      {circle}
      <circle class="solid" cx="12" cy="12" r="3.4" />
    </>
  ),
  bracket: <path d="M8.5 3.5H4v17h4.5M21 12H9.5M13 8l-4 4 4 4" />,
  dash: (
    <>
      {circle}
      <path d="M7.5 12h9" />
    </>
  ),
  ask: (
    <path
      class="solid"
      fill-rule="evenodd"
      d="M2 3h20v14.5H11.5L6 22.5v-5H2zm8.7 9v-1.3c0-1.3.8-1.9 1.6-2.4.6-.4.9-.7.9-1.2 0-.6-.5-1-1.3-1-.9 0-1.4.5-1.5 1.4H8.2c.1-2 1.5-3.3 3.8-3.3 2.2 0 3.6 1.1 3.6 2.8 0 1.4-.9 2.1-1.8 2.7-.7.4-.9.7-.9 1.2V12zm0 1.3h2.2v2.2h-2.2z"
    />
  ),
  phoneOnly: (
    <>
      <circle cx="12" cy="12" r="9.3" stroke-dasharray="3.6 3.7" />
      <path d="M12 7v8M8.8 12l3.2 3.2 3.2-3.2" />
    </>
  ),
  lock: (
    <path
      class="solid"
      fill-rule="evenodd"
      d="M7 10V7.5a5 5 0 0 1 10 0V10h2.5v12h-15V10zm2.4 0h5.2V7.5a2.6 2.6 0 0 0-5.2 0zM11 14v4h2v-4z"
    />
  ),
  warn: <path class="solid" fill-rule="evenodd" d="M12 1.8 23.2 22H.8zM10.7 9v6.6h2.6V9zm0 8.2v2.4h2.6v-2.4z" />,
  // Acts
  phone: (
    <path d="M5 3.5h4l1.7 4.7-2.5 1.7a13 13 0 0 0 5.9 5.9l1.7-2.5 4.7 1.7v4A1.8 1.8 0 0 1 18.6 21 16.2 16.2 0 0 1 3 5.4 1.8 1.8 0 0 1 5 3.5z" />
  ),
  camera: (
    <>
      <path d="M2.5 7.5h4.7L9 4.5h6l1.8 3h4.7V20h-19z" />
      <circle cx="12" cy="13.3" r="3.7" />
    </>
  ),
  back: <path stroke-width="2.8" d="M15 4.5 7.5 12l7.5 7.5" />,
  next: <path stroke-width="2.6" d="m9 4.5 7.5 7.5L9 19.5" />,
  tick: <path stroke-width="3" d="M4 12.5 9.5 18 20 6.5" />,
  cross: <path stroke-width="2.8" d="M5 5l14 14M19 5 5 19" />,
  pen: <path d="m3 21 1.2-5L15.8 4.4l3.8 3.8L8 19.8zM13 7.2l3.8 3.8" />,
  bell: <path d="M5 17V11a7 7 0 0 1 14 0v6M3 17.5h18M10 21h4M12 2v2" />,
  star: <path d="m12 3 2.7 5.8 6.3.8-4.6 4.3 1.2 6.3L12 17.1l-5.6 3.1 1.2-6.3L3 9.6l6.3-.8z" />,
  down: <path d="M12 3v12M6.5 10l5.5 5.5L17.5 10M4 21h16" />,
  copy: <path d="M8.5 8.5V3.5h12v12h-5M3.5 8.5h12v12h-12z" />,
  search: <path d="M10.5 3.5a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM15.8 15.8 21 21" />,
  offline: (
    <>
      <path d="M3 3l18 18M2 9.5a15 15 0 0 1 4.8-3M22 9.5a15 15 0 0 0-11.5-4.2M5.5 13.3a10 10 0 0 1 4.5-2.5M18.5 13.3l-1.6-1.2M9 17a5 5 0 0 1 5.5-.6" />
      <circle class="solid" cx="12" cy="20" r="1.6" />
    </>
  ),
  // Kinds of need
  A: <path d="M3 11h18a9 9 0 0 1-5 8v1.5H8V19a9 9 0 0 1-5-8zM8.5 3v4.5M12.5 3v4.5M16.5 3v4.5" />,
  B: (
    <path d="M5 8.5c3 0 5-1.5 7-1.5s4 1.5 7 1.5V14c0 3-3.5 5-7 5s-7-2-7-5zM5 9.5H2.5V13L5 14M19 9.5h2.5V13L19 14M9 12.5h6" />
  ),
  C: <path d="M9 3h6v6h6v6h-6v6H9v-6H3V9h6z" />,
  D: <path d="M12 20.5C5 16 2.5 12.5 2.5 8.8A4.8 4.8 0 0 1 12 7.5a4.8 4.8 0 0 1 9.5 1.3c0 3.7-2.5 7.2-9.5 11.7z" />,
  E: (
    <>
      <path d="M2.5 20V6M2.5 16.5h19V20M21.5 16.5V13a3 3 0 0 0-3-3h-8v6.5" />
      <circle cx="6.5" cy="12.5" r="1.9" />
    </>
  ),
  F: <path d="M3 18h18M5 18v-2.5a7 7 0 0 1 14 0V18M10 9V5.5h4V9M3 18v2.5h18V18" />,
  G: <path d="M5.5 3.5 12 11.5l6.5-8M12 11.5V21M6.5 12.5h11M6.5 16.5h11" />,
  H: <path d="M3 11.5 12 3.5l9 8M5.5 9.5v11h13v-11M10 20.5v-6h4v6" />,
  I: <path d="M3 9.5v5h4.5l9 5v-15l-9 5zM20 9.5v5M8.5 15v5.5" />,
  X: <path d="M3 4h18v12.5H11L6 21v-4.5H3zM8 10.3h.1M12 10.3h.1M16 10.3h.1" />,
} satisfies Record<string, JSX.Element>;

export type IconName = keyof typeof drawings;

export function isIcon(name: string): name is IconName {
  return name in drawings;
}

/** All drawings once, at the top of the page; every icon points at its own. */
export function IconSheet() {
  return (
    <svg class="unseen" aria-hidden="true" focusable="false">
      {Object.entries(drawings).map(([name, drawing]) => (
        <symbol key={name} id={`icon-${name}`} viewBox="0 0 24 24">
          {drawing}
        </symbol>
      ))}
    </svg>
  );
}

export function Icon({ name, tone = '' }: { name: IconName; tone?: string }) {
  return (
    <svg class={`icon ${tone}`} aria-hidden="true" focusable="false">
      <use href={`#icon-${name}`} />
    </svg>
  );
}
