import type { ReactNode } from 'react';

/** An empty page says what will appear and how. */
export function Empty({ title, children, act }: { title: string; children?: ReactNode; act?: ReactNode }) {
  return (
    <div className="empty">
      <b>{title}</b>
      {children && <p>{children}</p>}
      {act}
    </div>
  );
}
