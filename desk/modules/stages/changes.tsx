import type { StageLook, StageNamed } from '../../../contract/stages.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { useT } from './words.ts';

/** What a switch changes, by the parts of the work that said so: before, after, and what follows. */
export function Changes({ look, from, to }: { look: StageLook; from: StageNamed; to: StageNamed }) {
  const t = useT();
  const language = useLocale();
  const rows = look.effects.flatMap((group) => group.rows);
  return (
    <section className="panel" aria-labelledby="sg-changes">
      <div className="sg-head">
        <h2 id="sg-changes">{t(look.seenBySigner ? 'changesWhen' : 'changes')}</h2>
        <span className="end small softer">
          {rows.length > 0
            ? t('changesCount', { n: rows.length, same: rows.filter((row) => !row.changed).length })
            : t('changesNone')}
        </span>
      </div>
      {rows.length > 0 && (
        <table className="sg-changes">
          <thead>
            <tr>
              <th scope="col">{t('item')}</th>
              <th scope="col">{nameIn(from, language)}</th>
              <th scope="col">{nameIn(to, language)}</th>
              <th scope="col">{t('consequence')}</th>
            </tr>
          </thead>
          {look.effects.map((group) => (
            <tbody key={group.key}>
              <tr className="part">
                <th scope="rowgroup" colSpan={4}>
                  {nameIn(group.words, language)}
                </th>
              </tr>
              {group.rows.map((row) => (
                <tr key={row.item.zh}>
                  <td>{nameIn(row.item, language)}</td>
                  <td className="was">{nameIn(row.before, language)}</td>
                  <td className={row.changed ? 'turns' : 'soft'}>{nameIn(row.after, language)}</td>
                  <td className="soft">{nameIn(row.consequence, language)}</td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      )}
    </section>
  );
}
