import { useEffect, useRef, useState } from 'preact/hooks';
import { database } from '../app/database.ts';
import { uuid } from '../app/identifiers.ts';
import { useWords } from '../app/words.ts';
import { Wrong } from './frame.tsx';
import { Icon } from './icon.tsx';

const usual = 3;
const mostBytes = 8 * 1024 * 1024;
/** The longer side after shrinking on the phone, in pixels: enough to read a label, small enough for a weak signal. */
const longest = 1600;

async function decode(file: File): Promise<ImageBitmap | HTMLImageElement> {
  if ('createImageBitmap' in globalThis) {
    try {
      return await createImageBitmap(file, { imageOrientation: 'from-image' });
    } catch {
      // Some WebViews refuse the option or the type; an image element may still read it.
    }
  }
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function shrink(file: File): Promise<Blob> {
  const image = await decode(file);
  const scale = Math.min(1, longest / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((kept, failed) => {
    canvas.toBlob((blob) => (blob ? kept(blob) : failed(new Error('no picture'))), 'image/jpeg', 0.82);
  });
}

function Thumbnail({ id, alt }: { id: string; alt: string }) {
  const [url, setUrl] = useState('');
  useEffect(() => {
    let made = '';
    let gone = false;
    void database()
      .then((db) => db.get('photos', id))
      .then((photo) => {
        if (!photo || gone) return;
        made = URL.createObjectURL(new Blob([photo.bytes], { type: photo.type }));
        setUrl(made);
      });
    return () => {
      gone = true;
      URL.revokeObjectURL(made);
    };
  }, [id]);
  return url ? <img src={url} alt={alt} /> : <span class="empty" />;
}

/** Up to three pictures unless told, shrunk on the phone and kept on it until they are sent. */
export function PhotoField({
  ids,
  most = usual,
  onChange,
}: {
  ids: string[];
  most?: number;
  onChange(ids: string[]): void;
}) {
  const words = useWords();
  const [fault, setFault] = useState('');
  const input = useRef<HTMLInputElement>(null);

  async function add(files: FileList): Promise<void> {
    setFault('');
    const added = [...ids];
    for (const file of [...files].slice(0, most - ids.length)) {
      try {
        const blob = await shrink(file);
        if (blob.size > mostBytes) throw new RangeError();
        const id = uuid();
        await (await database()).put('photos', { id, type: blob.type, bytes: await blob.arrayBuffer() });
        added.push(id);
      } catch (reason) {
        if ((reason as Error).name === 'QuotaExceededError') setFault(words.phoneFull);
        else setFault(reason instanceof RangeError || file.size > mostBytes ? words.photoLarge : words.photoBad);
      }
    }
    onChange(added);
  }

  async function remove(id: string): Promise<void> {
    await (await database()).delete('photos', id);
    onChange(ids.filter((one) => one !== id));
  }

  return (
    <>
      {ids.length > 0 && (
        <div class="shots">
          {ids.map((id, index) => (
            <figure class="shot" key={id}>
              <Thumbnail id={id} alt={words.photoAlt(index + 1)} />
              <button
                type="button"
                class="remove"
                aria-label={words.photoRemove(index + 1)}
                onClick={() => void remove(id)}
              >
                <span>
                  <Icon name="cross" />
                </span>
              </button>
            </figure>
          ))}
        </div>
      )}
      {ids.length < most && (
        <button type="button" class="button full gap" onClick={() => input.current?.click()}>
          <Icon name="camera" />
          {ids.length === 0 ? words.photo : words.photoAdd(most - ids.length)}
        </button>
      )}
      <input
        ref={input}
        hidden
        type="file"
        accept="image/*"
        multiple
        aria-label={words.photo}
        onChange={(event) => {
          const { files } = event.currentTarget;
          if (files) void add(files);
          event.currentTarget.value = '';
        }}
      />
      {fault && <Wrong>{fault}</Wrong>}
    </>
  );
}
