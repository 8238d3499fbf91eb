import type { ReactNode } from 'react';
import { Glyph, type GlyphName } from './glyph.tsx';

type Kind = 'info' | 'over' | 'near' | 'good' | 'seal';
const glyphs: Record<Kind, GlyphName> = { info: 'dot', over: 'square', near: 'triangle', good: 'tick', seal: 'lock' };

/** A short word about the record or the form it stands in. */
export function Notice({ kind = 'info', children, alert }: { kind?: Kind; children: ReactNode; alert?: boolean }) {
  return (
    <div className={`notice ${kind}`} role={alert ? 'alert' : undefined}>
      <Glyph name={glyphs[kind]} />
      <div>{children}</div>
    </div>
  );
}
