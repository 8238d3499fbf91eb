import { place } from '../../app/directory.ts';
import { useStored } from '../../app/use-stored.ts';
import { useWords } from '../../app/words.ts';

/** Where the person is, as far as the phone knows. */
export function PlaceLine() {
  const words = useWords();
  const here = useStored(place);
  if (!here?.site) return <>{words.siteUnknown}</>;
  const name = words.pick(here.site);
  const point = here.point && words.pick(here.point);
  return (
    <>
      {name}
      {point && ` · ${point}`}
      {here.token && ` (${words.whereScanned})`}
    </>
  );
}

/** The category chosen so far, with the way back to change it. */
export function Picked({ parts, to }: { parts: string[]; to: string }) {
  const words = useWords();
  return (
    <div class="picked">
      <p>
        <b>{parts[0]}</b>
        {parts[1] && ` › ${parts[1]}`}
      </p>
      <a class="link" href={`#${to}`}>
        {words.change}
        <span class="unseen">{parts.join(' ')}</span>
      </a>
    </div>
  );
}
