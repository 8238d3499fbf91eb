import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
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
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => ('head' in lines[index]! ? 28 : 32),
    getItemKey: (index) => {
      const line = lines[index]!;
      return 'head' in line ? line.head : line.row.id;
    },
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const lastDrawn = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastDrawn >= lines.length - 20) onEnd();
  }, [lastDrawn, lines.length, onEnd]);

  const at = lines.findIndex((line) => 'row' in line && line.row.id === selectedId);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);

  return (
    <div
      className="queue-list"
      role="grid"
      aria-label={t('queue')}
      aria-rowcount={lines.length + 1}
      aria-multiselectable="true"
    >
      <div role="row" className="queue-head" aria-rowindex={1}>
        {columns.map((column) => (
          <span key={column} role="columnheader">
            {t(`col_${column}`)}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by key */}
      <div className="queue-scroll" ref={scroller} role="rowgroup" tabIndex={selectedId ? -1 : 0}>
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
          {items.map((item) => {
            const line = lines[item.index]!;
            return (
              <div
                key={item.key}
                role="presentation"
                className="queue-line"
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                {'head' in line ? (
                  <div role="row" className={`queue-group ${line.head}`} aria-rowindex={item.index + 2}>
                    <span role="gridcell">
                      <b>
                        {t(`group_${line.head}`)} {line.count}
                        {line.complete ? '' : '+'}
                      </b>
                      {line.head === 'over' && t('group_over_how')}
                    </span>
                  </div>
                ) : (
                  <QueueRow
                    row={line.row}
                    index={item.index + 2}
                    selected={line.row.id === selectedId}
                    picked={picked.has(line.row.id)}
                    onSelect={onSelect}
                    onOpen={onOpen}
                  />
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
