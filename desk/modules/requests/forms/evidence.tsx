import { useId, useRef, useState } from 'react';
import { type StoredFile, upload } from '../../../app/api.ts';
import { Button, Glyph, notify } from '../../../kit/index.ts';
import { useActWords } from '../act-words.ts';

const most = 6;

/** Files that go with an act: each is stored as soon as it is chosen, so that sending is quick and a fault loses none. */
export function Evidence({
  files,
  onChange,
}: {
  files: readonly StoredFile[];
  onChange: (files: readonly StoredFile[]) => void;
}) {
  const t = useActWords();
  const [waiting, setWaiting] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const add = async (chosen: readonly File[]) => {
    const stored = [...files];
    for (const file of chosen.slice(0, most - files.length)) {
      setWaiting((n) => n + 1);
      try {
        stored.push(await upload(file));
        onChange([...stored]);
      } catch (error) {
        notify.problem(error);
      }
      setWaiting((n) => n - 1);
    }
  };
  return (
    <div className="field">
      <label htmlFor={id}>{t('evidence')}</label>
      <div className="evidence">
        {files.map((file) => (
          <span key={file.id} className="chip">
            {file.name}
            <button
              type="button"
              className="icon-btn"
              aria-label={t('removeFile', { name: file.name })}
              onClick={() => onChange(files.filter((each) => each.id !== file.id))}
            >
              <Glyph name="cross" />
            </button>
          </span>
        ))}
        {files.length < most && (
          <Button small busy={waiting > 0} onClick={() => input.current?.click()}>
            {waiting > 0 ? t('uploading') : t('addFile')}
          </Button>
        )}
        <input
          ref={input}
          id={id}
          className="sr-only"
          type="file"
          multiple
          tabIndex={-1}
          onChange={(event) => {
            void add([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
      </div>
    </div>
  );
}
