import { useQueryClient } from '@tanstack/react-query';
import { notify } from '../../kit/index.ts';
import { type TableReport, TableUpload } from '../../kit/table-upload.tsx';
import { useT } from './words.ts';

interface Report extends TableReport {
  rows: number;
  adds: number;
  changes: number;
  removes: number;
  same: number;
}

export const tableAddress = (which: 'current' | 'draft'): string => `/api/catalogue/table.xlsx?which=${which}`;

/** The draft of the catalogue by Excel. */
export function CatalogueUpload({ onClose }: { onClose: () => void }) {
  const t = useT();
  const cache = useQueryClient();
  return (
    <TableUpload<Report>
      title={t('uploadTitle')}
      lead={t('uploadLead')}
      address="/api/import/catalogue"
      summary={({ rows, adds, changes, removes, same }) => t('checkedSummary', { rows, adds, changes, removes, same })}
      changes={({ adds, changes, removes }) => adds + changes + removes > 0}
      applyLabel={t('apply')}
      onApplied={() => {
        void cache.invalidateQueries({ queryKey: ['catalogue'] });
        notify.good(t('applied'));
        onClose();
      }}
      onClose={onClose}
    />
  );
}
