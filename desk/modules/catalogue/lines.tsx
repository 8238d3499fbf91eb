import { type ReactNode, useMemo, useState } from 'react';
import type { CatalogueItem, CatalogueProblem, catalogueEndpoints } from '../../../contract/catalogue.ts';
import type { OutputOf } from '../../../contract/endpoint.ts';
import { sealedClasses } from '../../../contract/requests.ts';
import { useDirectory } from '../../app/directory.ts';
import { Glyph, useKey } from '../../kit/index.ts';
import { useItemWords } from './data.ts';
import { useT } from './words.ts';

type EditionView = OutputOf<typeof catalogueEndpoints.edition>;

interface Row {
  item: CatalogueItem;
  mark: 'added' | 'changed' | 'removed' | null;
  problems: readonly CatalogueProblem[];
}

/** First-level categories with their second level, and how many lines name each. */
function Tree({
  view,
  chosen,
  onChoose,
}: {
  view: EditionView;
  chosen: number | null;
  onChoose: (id: number | null) => void;
}) {
  const t = useT();
  const directory = useDirectory();
  const counts = useMemo(() => {
    const all = new Map<number, number>();
    for (const item of view.items) all.set(item.categoryId, (all.get(item.categoryId) ?? 0) + 1);
    return all;
  }, [view.items]);
  const gaps = new Set(view.gaps.map((gap) => gap.categoryId));
  const categories = directory.categories.filter((one) => !sealedClasses.includes(one.recordClass));
  const entry = (id: number, name: string, sub: boolean) => (
    <button
      key={id}
      type="button"
      className={sub ? 'sub' : undefined}
      aria-current={chosen === id ? 'true' : undefined}
      onClick={() => onChoose(chosen === id ? null : id)}
    >
      <span className="cut">{name}</span>
      {gaps.has(id) && <Glyph name="empty" className="near" />}
      <span className="n">{counts.get(id) ?? ''}</span>
    </button>
  );
  return (
    <nav className="ca-tree" aria-label={t('categories')}>
      <button type="button" aria-current={chosen === null ? 'true' : undefined} onClick={() => onChoose(null)}>
        {t('allCategories')}
        <span className="n">{view.items.length}</span>
      </button>
      {categories
        .filter((one) => one.parentId === null && categories.some((other) => other.parentId === one.id))
        .flatMap((first) => [
          entry(first.id, `${first.code} ${directory.categoryName(first.id)}`, false),
          ...categories
            .filter((one) => one.parentId === first.id)
            .map((one) => entry(one.id, `${one.code} ${directory.categoryName(one.id)}`, true)),
        ])}
    </nav>
  );
}

/** The lines of an edition by category, with what differs and what is wrong; in a draft they are edited here. */
export function Lines({
  view,
  acts,
  onEdit,
  onRemove,
}: {
  view: EditionView;
  /** What stands beside the summary. */
  acts?: ReactNode;
  onEdit?: (item: CatalogueItem | null, categoryId: number | null) => void;
  onRemove?: (item: CatalogueItem) => void;
}) {
  const t = useT();
  const words = useItemWords();
  const directory = useDirectory();
  const [chosen, setChosen] = useState<number | null>(null);
  const [selectedId, select] = useState<string | null>(null);
  const rows = useMemo<Row[]>(() => {
    const marks = new Map(
      view.changes.flatMap((change) => (change.after && onEdit ? [[change.after.id, change.kind] as const] : [])),
    );
    const removed = onEdit ? view.changes.flatMap((one) => (one.kind === 'removed' ? [one.before!] : [])) : [];
    const below = (item: CatalogueItem) =>
      chosen === null || item.categoryId === chosen || directory.category(item.categoryId)?.parentId === chosen;
    const order = (item: CatalogueItem) => `${words.category(item)} ${directory.node(item.nodeId)?.code ?? ''}`;
    return [
      ...view.items.map((item) => ({ item, mark: marks.get(item.id) ?? null })),
      ...removed.map((item) => ({ item, mark: 'removed' as const })),
    ]
      .filter(({ item }) => below(item))
      .sort((a, b) => order(a.item).localeCompare(order(b.item)))
      .map((row) => ({
        ...row,
        problems: row.mark === 'removed' ? [] : view.problems.filter((one) => one.itemId === row.item.id),
      }));
  }, [view, chosen, directory, words, onEdit]);
  const live = rows.filter((row) => row.mark !== 'removed');
  const selected = live.find((row) => row.item.id === selectedId) ?? live[0];
  const step = (by: 1 | -1) => {
    const at = selected ? live.indexOf(selected) : 0;
    const next = live[Math.min(Math.max(at + by, 0), live.length - 1)];
    if (!next) return;
    select(next.item.id);
    document.getElementById(`line-${next.item.id}`)?.scrollIntoView({ block: 'nearest' });
  };
  const editable = onEdit !== undefined;
  useKey('j', () => step(1), { hint: t('move') });
  useKey('k', () => step(-1));
  useKey('Enter', () => selected && onEdit?.(selected.item, null), { enabled: editable, hint: t('edit') });
  useKey('n', () => onEdit?.(null, chosen), { enabled: editable, hint: t('add') });
  useKey('Delete', () => selected && onRemove?.(selected.item), { enabled: editable, hint: t('remove') });
  const shownGaps = view.gaps.filter(
    (gap) => chosen === null || gap.categoryId === chosen || directory.category(gap.categoryId)?.parentId === chosen,
  );
  return (
    <div className="ca-split">
      <Tree view={view} chosen={chosen} onChoose={setChosen} />
      <div className="ca-section ca-main">
        {acts}
        <table className="ca-table cards">
          <thead>
            <tr>
              <th style={{ width: '20%' }}>{t('col_category')}</th>
              <th style={{ width: '18%' }}>{t('col_place')}</th>
              <th style={{ width: '22%' }}>{t('col_lead')}</th>
              <th style={{ width: '16%' }}>{t('col_co')}</th>
              <th style={{ width: '10%' }}>{t('col_level')}</th>
              <th>{t('col_window')}</th>
              {editable && <th style={{ width: 88 }} />}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ item, mark, problems }) => (
              <tr
                key={`${item.id}${mark === 'removed' ? '-removed' : ''}`}
                id={`line-${item.id}`}
                className={mark === 'removed' ? 'removed' : 'clickable'}
                data-selected={(editable && selected?.item.id === item.id && mark !== 'removed') || undefined}
                onClick={() => select(item.id)}
                onDoubleClick={() => mark !== 'removed' && onEdit?.(item, null)}
              >
                <td className="lead" title={words.category(item)}>
                  {mark && <span className={`tag ${mark === 'removed' ? '' : 'info'}`}>{t(`mark_${mark}`)}</span>}{' '}
                  {words.category(item)}
                </td>
                <td className="across" data-label={t('col_place')} title={words.place(item)}>
                  {words.place(item)}
                </td>
                <td className="across" data-label={t('col_lead')} title={words.lead(item)}>
                  {words.lead(item)}
                </td>
                <td className="across" data-label={t('col_co')} title={words.co(item)}>
                  {words.co(item) || '—'}
                </td>
                <td
                  className="across"
                  data-label={t('col_level')}
                  title={words.escalation(item) ? `${words.level(item)} ${words.escalation(item)}` : undefined}
                >
                  {words.level(item)}
                </td>
                <td className="across" data-label={t('col_window')}>
                  {words.window(item)}
                  {problems.map((one) => (
                    <span key={`${one.code}${one.lineId}`} className={one.refuses ? 'tag over' : 'tag near'}>
                      {t(`problem_${one.code}`, { line: directory.lineName(one.lineId) })}
                    </span>
                  ))}
                </td>
                {editable && (
                  <td className="across">
                    {mark !== 'removed' && (
                      <>
                        <button type="button" className="linkish" onClick={() => onEdit(item, null)}>
                          {t('edit')}
                        </button>{' '}
                        <button type="button" className="linkish" onClick={() => onRemove?.(item)}>
                          {t('remove')}
                        </button>
                      </>
                    )}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
        {shownGaps.length > 0 && (
          <details className="small">
            <summary className="soft">{t('gaps', { n: shownGaps.length })}</summary>
            <ul>
              {shownGaps.map((gap) => (
                <li key={gap.categoryId}>
                  {words.category(gap)}{' '}
                  <span className="softer">
                    {t('gapAt', {
                      sites: gap.sites,
                      line: directory.lineName(directory.category(gap.categoryId)?.lineId),
                    })}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </div>
  );
}
