import type { Category } from '../../../contract/organization.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { Glyph } from '../../kit/glyph.tsx';
import { useT } from './words.ts';

function Numbers({ category }: { category: Category }) {
  const language = useLocale();
  return (
    <ul className="hl-numbers">
      {category.ring.map(({ label, number }) => (
        <li key={number}>
          <span>{nameIn(label, language)}</span>
          <a href={`tel:${number}`}>{number}</a>
        </li>
      ))}
    </ul>
  );
}

/** Stands in place of the form: of this matter nothing is written down here. */
export function SealedNotice({ category, onOther }: { category: Category; onOther: () => void }) {
  const t = useT();
  const language = useLocale();
  return (
    <section className="hl-sealed" role="alert">
      <h2>
        <Glyph name="lock" /> {category.code} {nameIn(category, language)}
      </h2>
      <p>
        <b>{t('sealedTitle')}</b> {t('sealedText')}
      </p>
      <Numbers category={category} />
      <p className="soft">{t('sealedAfter')}</p>
      <Button onClick={onOther}>{t('sealedOther')}</Button>
    </section>
  );
}

/** Whom to ring first where minutes count. */
export function UrgentNotice({ category }: { category: Category }) {
  const t = useT();
  return (
    <section className="hl-urgent" role="alert">
      <h2>{t('urgentTitle')}</h2>
      <p>{t('urgentText')}</p>
      <Numbers category={category} />
    </section>
  );
}
