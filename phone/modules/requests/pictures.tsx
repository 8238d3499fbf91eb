import { useEffect, useState } from 'preact/hooks';
import type { ThreadEntry } from '../../../contract/requests.ts';
import { useWords } from '../../app/words.ts';
import { Dock, Sheet } from '../../kit/frame.tsx';
import { Icon } from '../../kit/icon.tsx';
import { type Hold, loadPicture } from './following.ts';

type File = ThreadEntry['files'][number];

function Picture({ file, hold, request }: { file: File; hold: Hold; request: string }) {
  const words = useWords();
  const [url, setUrl] = useState('');
  const [failed, setFailed] = useState(false);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    let made = '';
    let gone = false;
    loadPicture(hold, request, file.id)
      .then((blob) => {
        made = URL.createObjectURL(blob);
        if (gone) URL.revokeObjectURL(made);
        else setUrl(made);
      })
      .catch(() => setFailed(true));
    return () => {
      gone = true;
      URL.revokeObjectURL(made);
    };
  }, [hold, file.id, request]);
  return (
    <figure class="shot">
      {url ? (
        <button type="button" class="view" aria-label={words.photoOpen(file.name)} onClick={() => setOpen(true)}>
          <img src={url} alt="" />
        </button>
      ) : (
        <span class="empty">
          <Icon name="camera" />
        </span>
      )}
      {failed && <figcaption class="small dim">{words.photoFailed}</figcaption>}
      {open && (
        <Sheet label={file.name} onClose={() => setOpen(false)}>
          <img class="picture" src={url} alt={file.name} />
          <Dock>
            <button type="button" class="button" onClick={() => setOpen(false)}>
              {words.close}
            </button>
          </Dock>
        </Sheet>
      )}
    </figure>
  );
}

/** Pictures of an entry, fetched through its request; other files open at the desk. */
export function Pictures({ files, hold, request }: { files: File[]; hold: Hold; request: string }) {
  const words = useWords();
  if (files.length === 0) return null;
  return (
    <div class="shots">
      {files.map((file) =>
        file.kind === 'picture' ? (
          <Picture key={file.id} file={file} hold={hold} request={request} />
        ) : (
          <p key={file.id} class="small dim">
            {words.document}
            {words.colon}
            {file.name}
          </p>
        ),
      )}
    </div>
  );
}
