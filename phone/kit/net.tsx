import { categoryByCode } from '../app/directory.ts';
import { online } from '../app/online.ts';
import { pending } from '../app/pending.ts';
import { route } from '../app/route.ts';
import { useStored } from '../app/use-stored.ts';
import { useWords } from '../app/words.ts';
import { Icon } from './icon.tsx';

/** No network: information, not an alarm. Pages that say it themselves, in their own words, do not get it twice. */
export function Net() {
  const words = useWords();
  const connected = useStored(online);
  const { page, rest } = useStored(route);
  const urgent = page === 'ask' && categoryByCode(rest[0])?.priority === 'urgent';
  const ordinary = useStored(pending).filter((one) => !one.urgent).length;
  const here = !connected && !urgent && !['sent', 'r', 'c', 'measures'].includes(page);
  return (
    <div role="status">
      {here && (
        <div class="net">
          <Icon name="offline" />
          <p>
            <b>{words.offline}</b>
            {ordinary > 0 ? words.offlineKept(ordinary) : words.offlineNothing}
          </p>
        </div>
      )}
    </div>
  );
}
