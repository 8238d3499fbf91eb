/**
 * The process that opens pictures (pictures.ts starts it): whatever a picture does to the decoder, it does it here, where
 * there is no database, no key and nobody waiting. One picture at a time.
 */
import sharp from 'sharp';

export type Task = { bytes: Uint8Array };
export type Done = { picture: Uint8Array } | { refused: 'file_type' | 'file_unreadable' };

const mostPixels = 50_000_000;
/** JPEG, PNG, WebP and HEIC, as the page says. */
const formats = new Set(['jpeg', 'png', 'webp', 'heif']);
/** Bytes this process may take, and milliseconds of the processor for one picture, told by whoever starts it. */
const [mostMemory, mostWork] = process.argv.slice(2).map(Number) as [number, number];

sharp.concurrency(1);
sharp.cache(false);

/** Re-encoded: nothing of the original bytes, nor of where and with what it was taken, remains. */
async function reencode(bytes: Uint8Array): Promise<Done> {
  try {
    // What it is decides, not what it calls itself: a drawing (SVG) could make the decoder fetch things.
    const { format } = await sharp(bytes, { limitInputPixels: mostPixels }).metadata();
    if (!formats.has(format)) return { refused: 'file_type' };
    const picture = await sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', pages: 1 })
      .rotate()
      .resize({ width: 2000, height: 2000, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 82, mozjpeg: false })
      .toBuffer();
    return { picture };
  } catch {
    return { refused: 'file_unreadable' };
  }
}

// An ordinary exit would wait for the decoder's threads, and a picture may be what hangs them.
const die = (): void => void process.kill(process.pid, 'SIGKILL');

/** What the processor had done for us when the latest picture came. */
let before: NodeJS.CpuUsage | undefined;
const worked = (): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

process.on('message', (task: Task) => {
  before = process.cpuUsage();
  void reencode(task.bytes).then((done) => process.send?.(done));
});
// The program has ended, however it ended.
process.on('disconnect', die);
setInterval(() => {
  // Work done, not time passed: on a busy machine a good picture takes long too.
  if (process.memoryUsage.rss() > mostMemory || (before && worked() > mostWork)) die();
}, 50).unref();
