import { useQueryClient } from '@tanstack/react-query';
import type { PlanFile } from '../../../contract/plans.ts';
import { notify } from '../../kit/index.ts';
import { type TableReport, TableUpload } from '../../kit/table-upload.tsx';
import { usePlanWords } from './words.ts';

interface Report extends TableReport {
  rows: number;
  adds: number;
  changes: number;
}

/** The lines of a plan by Excel. */
export function MeasuresUpload({ plan, onClose }: { plan: PlanFile; onClose: () => void }) {
  const t = usePlanWords();
  const cache = useQueryClient();
  return (
    <TableUpload<Report>
      title={t('upload')}
      lead={t('uploadLead')}
      address={`/api/plans/${plan.id}/table`}
      summary={({ rows, adds, changes }) => t('uploadSummary', { rows, adds, changes })}
      changes={({ adds, changes }) => adds + changes > 0}
      applyLabel={t('uploadApply')}
      onApplied={() => {
        void cache.invalidateQueries({ queryKey: ['plans'] });
        notify.good(t('saved'));
        onClose();
      }}
      onClose={onClose}
    />
  );
}
