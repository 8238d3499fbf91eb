import type { Hand, OrderRow, OrderView } from '../../../contract/stages.ts';
import { useFormat } from '../../app/format.ts';
import { useT } from './words.ts';

type Step = 'drafted' | 'reviewed' | 'signed' | 'second';

/** Three hands, in an emergency the drafter and two leaders: who, when, and whose turn it is. */
export function Hands({ order, can }: { order: OrderRow; can?: OrderView['can'] }) {
  const t = useT();
  const format = useFormat();
  const steps: [Step, Hand | null, boolean][] = [
    ['drafted', order.drafted, false],
    ...(order.emergency ? [] : [['reviewed', order.reviewed, can?.review ?? false] as [Step, Hand | null, boolean]]),
    ['signed', order.signed, can?.sign ?? false],
    ...(order.emergency ? [['second', order.second, can?.countersign ?? false] as [Step, Hand | null, boolean]] : []),
  ];
  return (
    <dl className="sg-hands">
      {steps.map(([step, hand, mine]) => (
        <div key={step} data-me={mine || undefined}>
          <dt title={hand ? format.full(hand.at) : undefined}>
            {t(`hand_${step}`)} {hand && format.moment(hand.at)}
          </dt>
          <dd className="cut">
            {hand ? hand.label : <span className="softer">{t(mine ? 'handYou' : 'handOpen')}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
