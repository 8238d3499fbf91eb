import type { Category } from '../../../contract/organization.ts';
import { directory, place, workingTimeAt } from '../../app/directory.ts';
import { online } from '../../app/online.ts';
import type { Kind as Leaf } from '../../app/records.ts';
import { useStored } from '../../app/use-stored.ts';
import { useWords } from '../../app/words.ts';
import { Back, Bar, Dock, Note, Ring } from '../../kit/frame.tsx';
import { Icon, isIcon } from '../../kit/icon.tsx';
import { AskForm } from './ask-form.tsx';
import { Picked, PlaceLine } from './chosen.tsx';
import { isSealed, needOf, promiseOf, tileOrder } from './needs.ts';

function HotlineDock({ back }: { back: string }) {
  const words = useWords();
  const group = useStored(directory)?.group;
  return (
    <Dock>
      <Back to={back} />
      {group && <Ring number={group.hotline} label={words.hotlineInstead(group.hotline)} />}
    </Dock>
  );
}

function Kinds({ tops }: { tops: Category[] }) {
  const words = useWords();
  const all = useStored(directory)?.categories ?? [];
  const ordered = [...tops].sort((a, b) => tilePlace(a.code) - tilePlace(b.code));
  const unclear = needOf({ code: 'X', zh: '', en: '' }, words);
  return (
    <>
      <Bar title={words.step1} line={<PlaceLine />} />
      <main>
        <a class="sos" href="tel:120">
          <Icon name="phone" />
          <span>
            <b>{words.sos}</b>
            <small>{words.sosThen}</small>
          </span>
        </a>
        <div class="tiles">
          {ordered.map((top) => {
            const need = needOf(top, words);
            const sealed = all.filter((one) => one.parentId === top.id).every(isSealed);
            return (
              <a key={top.id} class={`tile ${sealed ? 'sealed' : ''}`} href={`#/ask/${top.code}`}>
                <Icon name={isIcon(top.code) ? top.code : 'X'} />
                <span>
                  <b>{need.name}</b>
                  <small>{need.hint}</small>
                </span>
              </a>
            );
          })}
          <a class="tile" href="#/ask/X">
            <Icon name="X" />
            <span>
              <b>{unclear.name}</b>
              <small>{unclear.hint}</small>
            </span>
          </a>
        </div>
      </main>
      <HotlineDock back="/" />
    </>
  );
}

/** Position of a first-level category among the tiles; unknown ones follow. */
function tilePlace(code: string): number {
  const found = tileOrder.indexOf(code);
  return found < 0 ? tileOrder.length : found;
}

function Kind({ top, leaves }: { top: Category; leaves: Leaf[] }) {
  const words = useWords();
  const here = useStored(place);
  return (
    <>
      <Bar title={words.step2} line={<PlaceLine />} />
      <main>
        <Picked parts={[needOf(top, words).name]} to="/ask" />
        <div class="kinds">
          {leaves.map((leaf) => {
            const need = needOf(leaf, words);
            return (
              <a key={leaf.id} class={`tile kind ${isSealed(leaf) ? 'sealed' : ''}`} href={`#/ask/${leaf.code}`}>
                <span>
                  <b>{need.name}</b>
                  <small class="within">
                    {isSealed(leaf) ? words.callOnly : promiseOf(leaf, workingTimeAt(here?.site), words)}
                  </small>
                  <small class="hint">{need.hint}</small>
                </span>
              </a>
            );
          })}
        </div>
      </main>
      <HotlineDock back="/ask" />
    </>
  );
}

/** Nothing is stored and nothing can be typed: only whom to ring (rules 5). */
function RingOnly({ category, back }: { category: Category; back: string }) {
  const words = useWords();
  const { categories = [], group } = useStored(directory) ?? {};
  const care = category.recordClass === 'psych' || category.code === 'D';
  const children = categories.filter((one) => one.parentId === category.id);
  const numbers = new Map([category, ...children].flatMap((one) => one.ring).map((one) => [one.number, one]));
  return (
    <>
      <Bar title={care ? words.sealedCare : words.sealedOversight} line={needOf(category, words).name} />
      <main>
        <section class="card sealed">
          <div class="kinds">
            {[...numbers.values()].map((one) => (
              <Ring key={one.number} number={one.number} label={`${words.pick(one.label)} ${one.number}`} look="call" />
            ))}
          </div>
          <Note icon="lock">{care ? words.sealedCareWhy : words.sealedOversightWhy}</Note>
        </section>
      </main>
      <Dock>
        <Back to={back} />
        {group && <Ring number={group.hotline} label={words.hotline(group.hotline)} />}
      </Dock>
    </>
  );
}

/** `#/ask`, `#/ask/A`, `#/ask/A02`, `#/ask/X`. */
export function Ask({ code }: { code: string | undefined }) {
  const words = useWords();
  const known = useStored(directory);
  useStored(online);
  if (!known) {
    return (
      <>
        <Bar title={words.iNeed} />
        <main>
          <p>{words.fault.network}</p>
        </main>
        <Dock>
          <Back to="/" />
        </Dock>
      </>
    );
  }
  const { categories } = known;
  const tops = categories.filter((one) => one.parentId === null);
  if (code === 'X') return <AskForm code="X" />;
  const chosen = categories.find((one) => one.code === code);
  if (!chosen) return <Kinds tops={tops} />;
  const leaves = categories.filter((one) => one.parentId === chosen.id);
  if (isSealed(chosen) || (leaves.length > 0 && leaves.every(isSealed))) {
    return (
      <RingOnly
        key={chosen.code}
        category={chosen}
        back={chosen.parentCode && chosen.parentCode !== 'D' ? `/ask/${chosen.parentCode}` : '/ask'}
      />
    );
  }
  return leaves.length > 0 ? (
    <Kind key={chosen.code} top={chosen} leaves={leaves} />
  ) : (
    <AskForm key={chosen.code} code={chosen.code} />
  );
}
