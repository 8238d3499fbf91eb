/** A key one may press; hidden from readers of the screen, which hear `aria-keyshortcuts` instead. */
export function Kbd({ children }: { children: string }) {
  return <kbd aria-hidden="true">{children}</kbd>;
}
