/** A key one may press; hidden from readers of the screen, which hear `aria-keyshortcuts` instead. */
export function Kbd({ children }: { children: string }) {
  return (
    <span className="kbd" aria-hidden="true">
      {children}
    </span>
  );
}
