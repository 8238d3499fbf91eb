/** A tick or a cross: whether a rule holds, said in shape as well as in colour. */
export function Tick({ holds }: { holds: boolean }) {
  return (
    <svg className={holds ? 'fu-tick' : 'fu-tick no'} viewBox="0 0 12 12" width="12" height="12" role="img" aria-label={holds ? '✓' : '✗'}>
      {holds ? <path d="M2 6.4 4.8 9 10 3.2" /> : <path d="M2.5 2.5 9.5 9.5M9.5 2.5 2.5 9.5" />}
    </svg>
  );
}
