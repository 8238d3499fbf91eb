import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { likenessEndpoints as api } from '../../../contract/likeness.ts';
import { call } from '../../app/api.ts';
import { Button } from '../../kit/button.tsx';
import { useKey } from '../../kit/keys.ts';
import './likeness.css';
import { useT } from './words.ts';

interface Props {
  contactId: string;
  draft: { categoryId: number | null; siteId: number | null; text: string };
  busy: boolean;
  onNudge: (one: { id: string; number: string }) => void;
}

/** While an operator writes: that this caller has asked this before and it is open, so that it is urged, not doubled. */
export function CallerHas({ contactId, draft, busy, onNudge }: Props) {
  const t = useT();
  const said = useDeferredValue(draft);
  const found = useQuery({
    queryKey: ['alike', 'caller', contactId, said.categoryId, said.siteId, said.text],
    queryFn: ({ signal }) =>
      call(
        api.ofCaller,
        {
          id: contactId,
          categoryId: said.categoryId ?? undefined,
          siteId: said.siteId ?? undefined,
          text: said.text,
        },
        { signal },
      ),
    enabled: said.categoryId !== null || said.text.trim().length >= 4,
    placeholderData: (before) => before,
    retry: false,
  });
  const rows = found.data?.rows ?? [];
  const first = rows[0];
  useKey('alt+u', () => first && onNudge(first), { inFields: true, enabled: first !== undefined && !busy });
  if (!first) return null;
  return (
    <section className="hl-has notice" role="status">
      <b>{t('callerHas')}</b>
      <p className="small soft">{t('callerHasHow')}</p>
      <p className="row">
        {rows.map((one, at) => (
          <Button
            key={one.id}
            small
            disabled={busy}
            keys={at === 0 ? ['Alt', 'U'] : undefined}
            onClick={() => onNudge(one)}
          >
            {t('nudge', { number: one.number })}
          </Button>
        ))}
      </p>
    </section>
  );
}
