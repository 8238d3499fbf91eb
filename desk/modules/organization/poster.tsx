import { create } from 'qrcode';
import { useMemo } from 'react';
import { useDirectory } from '../../app/directory.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { useT } from './words.ts';

/** The modules of a QR code as one path; error correction M stands a torn corner or a splash of paint. */
export function qrPath(text: string): { size: number; path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  let path = '';
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) path += `M${column} ${row}h1v1h-1z`;
    }
  }
  return { size: modules.size, path };
}

const quiet = 4;

function Qr({ url, label }: { url: string; label: string }) {
  const { size, path } = useMemo(() => qrPath(new URL(url, window.location.origin).href), [url]);
  const side = size + 2 * quiet;
  return (
    <svg
      className="po-qr"
      viewBox={`${-quiet} ${-quiet} ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect x={-quiet} y={-quiet} width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

/** One A4 sheet: what to do, the code, where it hangs, and the number to ring. */
export function Poster({ url, point, siteId }: { url: string; point: string; siteId: number }) {
  const t = useT();
  const language = useLocale();
  const directory = useDirectory();
  const site = directory.nameOf(siteId);
  return (
    <article className="po-sheet on-paper">
      <p className="po-group">{nameIn(directory.group, language)}</p>
      <h2 className="po-scan">{t('scan')}</h2>
      <p className="po-other">{t('scanOther')}</p>
      <Qr url={url} label={t('qrOf', { where: `${site} ${point}` })} />
      <p className="po-where">
        <b>{site}</b> {point}
      </p>
      <ul className="po-how">
        <li>{t('poster1')}</li>
        <li>{t('poster2')}</li>
        <li>{t('poster3')}</li>
      </ul>
      <p className="po-hotline">
        {t('hotline')} <b>{directory.group.hotline}</b>
      </p>
    </article>
  );
}
