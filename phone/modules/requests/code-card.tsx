import { useState } from 'preact/hooks';
import { useWords, type Words } from '../../app/words.ts';
import { Icon } from '../../kit/icon.tsx';

/** As it is read out and written down: in groups of four, four and two. */
export function groupsOf(code: string): string[] {
  return [code.slice(0, 4), code.slice(4, 8), code.slice(8)];
}

/** The card as a picture for the photo album: it is found there even when the page is forgotten. */
function saveAsPicture(number: string | null, code: string, words: Words): void {
  const canvas = document.createElement('canvas');
  canvas.width = 900;
  canvas.height = 540;
  const pen = canvas.getContext('2d')!;
  const line = (text: string, y: number, font: string, colour = '#1d2b34') => {
    pen.fillStyle = colour;
    pen.font = `${font} "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans SC", system-ui, sans-serif`;
    pen.textAlign = 'center';
    pen.fillText(text, 450, y, 840);
  };
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, 900, 540);
  pen.strokeStyle = '#1d2b34';
  pen.lineWidth = 6;
  pen.strokeRect(12, 12, 876, 516);
  line(`${words.product} · ${words.group}`, 90, '36px', '#43525c');
  line(words.queryCode, 180, '40px', '#43525c');
  line(groupsOf(code).join('  '), 280, '600 92px');
  line(`${words.number} ${number ?? words.numberLater}`, 390, '600 44px');
  line(words.codeShort, 470, '32px', '#43525c');
  canvas.toBlob((blob) => {
    if (!blob) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = `${number ?? words.queryCode}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
}

/** `navigator.clipboard` needs https; the old way works everywhere. */
async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
}

export function CodeCard({ number, code }: { number: string | null; code: string }) {
  const words = useWords();
  const [copied, setCopied] = useState(false);
  return (
    <section class="card strong codecard">
      <p class="dim">{words.queryCode}</p>
      <p class="digits">
        {groupsOf(code).map((group) => (
          <span key={group}>{group}</span>
        ))}
      </p>
      <p class="small">{words.codeWhy}</p>
      <div class="two gap">
        <button type="button" class="button" onClick={() => saveAsPicture(number, code, words)}>
          <Icon name="down" />
          {words.savePicture}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => void copy(`${number ?? ''} ${code}`.trim()).then(() => setCopied(true))}
        >
          <Icon name={copied ? 'tick' : 'copy'} />
          <span role="status">{copied ? words.copied : words.copy}</span>
        </button>
      </div>
      <dl class="facts">
        <dt>{words.number}</dt>
        <dd>{number ?? words.numberLater}</dd>
      </dl>
    </section>
  );
}
