import { useQueryClient } from '@tanstack/react-query';
import { notify } from '../../kit/notify.tsx';
import { type TableReport, TableUpload } from '../../kit/table-upload.tsx';
import { useT } from './words.ts';

interface Report extends TableReport {
  rows: number;
  adds: number;
  same: number;
}

/** The roster by Excel. */
export function RosterUpload({ onClose }: { onClose: () => void }) {
  const t = useT();
  const cache = useQueryClient();
  return (
    <TableUpload<Report>
      title={t('upload')}
      lead={t('uploadLead')}
      address="/api/import/duty"
      summary={({ rows, adds, same }) => t('checked', { rows, adds, same })}
      changes={(report) => report.adds > 0}
      applyLabel={t('apply')}
      onApplied={({ adds }) => {
        void cache.invalidateQueries({ queryKey: ['duty'] });
        notify.good(t('planned', { n: adds }));
        onClose();
      }}
      onClose={onClose}
    />
  );
}
