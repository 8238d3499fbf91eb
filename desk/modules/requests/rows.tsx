import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useMediaQuery } from '../../kit/media.ts';
import type { Line } from './grouping.ts';
import { QueueRow } from './row.tsx';
import { useT } from './words.ts';

const columns = ['due', 'number', 'category', 'site', 'text', 'state', 'line'] as const;

interface Props {
  lines: readonly Line[];
  selectedId: string | null;
  picked: ReadonlySet<string>;
  onSelect: (id: string) => void;
  onOpen: (id: string) => void;
  onEnd: () => void;
}

/** The list itself; only the rows in sight are drawn, so a view of ten thousand scrolls as one of ten. */
export function QueueRows({ lines, selectedId, picked, onSelect, onOpen, onEnd }: Props) {
  const t = useT();
  /** On a narrow screen a request takes two lines, so that its words can be read. */
  const rowHeight = useMediaQuery('(max-width: 900px)') ? 60 : 32;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => ('head' in lines[index]! ? 28 : rowHeight),
    getItemKey: (index) => {
      const line = lines[index]!;
      return 'head' in line ? line.head : line.row.id;
    },
    overscan: 12,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sizes it remembers are those of the other screen
  useEffect(() => virtual.measure(), [rowHeight, virtual]);
  const items = virtual.getVirtualItems();
  const lastDrawn = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastDrawn >= lines.length - 20) onEnd();
  }, [lastDrawn, lines.length, onEnd]);

  const at = lines.findIndex((line) => 'row' in line && line.row.id === selectedId);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at <= 1 ? 0 : at, { align: 'auto' });
  }, [at, virtual]);

  return (
    <section className="queue-list" aria-label={t('queue')}>
      <div className="queue-head" aria-hidden="true">
        {columns.map((column) => (
          <span key={column}>{t(`col_${column}`)}</span>
        ))}
      </div>
      <div className="queue-scroll" ref={scroller}>
        <ol style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const line = lines[item.index]!;
            const place = { height: item.size, transform: `translateY(${item.start}px)` };
            return 'head' in line ? (
              <li key={item.key} className={`queue-line queue-group ${line.head}`} style={place}>
                <b>
                  {t(`group_${line.head}`)} {line.count}
                  {line.complete ? '' : '+'}
                </b>
                {line.head === 'over' && t('group_over_how')}
              </li>
            ) : (
              <li
                key={item.key}
                className="queue-line queue-row"
                style={place}
                data-row={line.row.id}
                data-selected={line.row.id === selectedId || undefined}
                data-picked={picked.has(line.row.id) || undefined}
              >
                <QueueRow row={line.row} selected={line.row.id === selectedId} onSelect={onSelect} onOpen={onOpen} />
              </li>
            );
          })}
        </ol>
      </div>
    </section>
  );
}
