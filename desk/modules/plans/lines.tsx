import { Fragment, useState } from 'react';
import { planEndpoints as api, type PlanFile, type PlanLine } from '../../../contract/plans.ts';
import { useAct } from '../../app/act.ts';
import { useDirectory } from '../../app/directory.ts';
import { nameIn, useLocale } from '../../app/words.ts';
import { Button, Glyph, notify } from '../../kit/index.ts';
import { frequencyIn } from './frequency.ts';
import { LineForm } from './line-form.tsx';
import { usePlanWords } from './words.ts';

function LineRow({ line, canEdit, onEdit }: { line: PlanLine; canEdit: boolean; onEdit: () => void }) {
  const t = usePlanWords();
  const language = useLocale();
  const directory = useDirectory();
  return (
    <tr className="pl-row">
      <td>
        <span className="pl-measure">
          <span>
            {line.red && (
              <span className="over pl-red" title={t('redLine')}>
                <Glyph name="square" />
                <span className="sr-only">{t('redLine')}</span>{' '}
              </span>
            )}
            {nameIn(line, language)}
          </span>
          <span className="small soft">
            <span className={line.own ? 'tag good' : 'tag'}>
              {t(line.own ? (line.inherited ? 'changed' : 'own') : 'inherited')}
            </span>
            {line.clause && <span>{line.clause}</span>}
            {line.workLineId !== null && <span>{directory.lineName(line.workLineId)}</span>}
          </span>
        </span>
      </td>
      <td className="pl-few" data-label={t('who')}>
        {line.who}
        {line.owner && <div className="small soft">{line.owner}</div>}
      </td>
      <td className="nowrap" data-label={t('when')}>
        {frequencyIn(t, line.frequency)}
      </td>
      <td className="pl-few" data-label={t('where')}>
        {line.place}
      </td>
      <td className="pl-how" data-label={t('how')}>
        {line.how}
      </td>
      <td className="nowrap" data-label={t('evidence')}>
        {t(line.evidence)}
        {line.evidenceCount > 1 && ` ×${line.evidenceCount}`}
      </td>
      <td className="nowrap" data-label={t('nature')}>
        {t(line.nature)}
      </td>
      <td>
        {canEdit && (
          <Button small onClick={onEdit} aria-label={`${t('edit')} ${nameIn(line, language)}`}>
            {t('edit')}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** The table of measures by phase; a line is edited where it stands. */
export function Lines({ plan }: { plan: PlanFile }) {
  const t = usePlanWords();
  const [editing, setEditing] = useState<string | null>(null);
  const remove = useAct(api.removeLine, {
    refreshes: [['plans']],
    onDone: () => setEditing(null),
    onFail: notify.problem,
  });
  const width = 8;
  return (
    <section className="panel pl-scroll" aria-label={t('lines')}>
      <table className="pl-table">
        <thead>
          <tr>
            <th scope="col">{t('measure')}</th>
            <th scope="col">{t('who')}</th>
            <th scope="col">{t('when')}</th>
            <th scope="col">{t('where')}</th>
            <th scope="col">{t('how')}</th>
            <th scope="col">{t('evidence')}</th>
            <th scope="col">{t('nature')}</th>
            <th scope="col" />
          </tr>
        </thead>
        <tbody>
          {(['before', 'during', 'after'] as const).map((phase) => {
            const lines = plan.table.filter((line) => line.phase === phase);
            return (
              <Fragment key={phase}>
                <tr className="pl-group">
                  <th scope="rowgroup" colSpan={width}>
                    {t(phase)} <span className={lines.length === 0 ? 'over' : 'small soft'}>{lines.length}</span>
                  </th>
                </tr>
                {lines.map((line) =>
                  editing === line.key ? (
                    <tr key={line.key} className="pl-editing">
                      <td colSpan={width}>
                        <LineForm plan={plan} line={line} onClose={() => setEditing(null)} />
                        {!(line.red && line.inherited) && (
                          <p className="pl-acts">
                            <Button
                              small
                              busy={remove.isPending}
                              onClick={() => remove.mutate({ id: plan.id, key: line.key, version: line.version })}
                            >
                              {t('remove')}
                            </Button>
                          </p>
                        )}
                      </td>
                    </tr>
                  ) : (
                    <LineRow
                      key={line.key}
                      line={line}
                      canEdit={plan.can.edit && editing === null}
                      onEdit={() => setEditing(line.key)}
                    />
                  ),
                )}
              </Fragment>
            );
          })}
          {editing === 'new' && (
            <tr className="pl-editing">
              <td colSpan={width}>
                <LineForm plan={plan} line={null} onClose={() => setEditing(null)} />
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {plan.can.edit && editing === null && (
        <p className="pl-acts" style={{ padding: '8px 12px' }}>
          <Button onClick={() => setEditing('new')}>{t('add')}</Button>
        </p>
      )}
    </section>
  );
}
