import { useState } from 'react';
import { type ArticleFile, type ArticleText, knowledgeEndpoints as api } from '../../../contract/knowledge.ts';
import { useAct } from '../../app/act.ts';
import { call } from '../../app/api.ts';
import { Button } from '../../kit/button.tsx';
import { CategoryPicker } from '../../kit/category-picker.tsx';
import { useDraft } from '../../kit/draft.ts';
import { Field } from '../../kit/field.tsx';
import { notify } from '../../kit/notify.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useT } from './words.ts';

interface Props {
  /** Null: a new article. */
  file: ArticleFile | null;
  /** What the form begins with. */
  from: ArticleText;
  onDone: (code: string) => void;
  onCancel: () => void;
}

export const noText: ArticleText = { zh: '', en: '', bodyZh: '', bodyEn: '', keywords: '', categoryId: null };
const asked = ['zh', 'en', 'bodyZh', 'bodyEn'] as const;

/** The next version of an article, or the first. What is typed is kept until it is saved. */
export function ArticleForm({ file, from, onDone, onCancel }: Props) {
  const t = useT();
  const [text, change, drop] = useDraft<ArticleText>(`article.${file?.code ?? 'new'}`, from);
  const [complained, setComplained] = useState(false);
  const handIn = async (code: string, submit: boolean): Promise<void> => {
    drop();
    if (submit) await call(api.submitArticle, { code }).catch(notify.problem);
    notify.good(t(submit ? 'handedIn' : 'saved'));
    onDone(code);
  };
  const [submits, setSubmits] = useState(false);
  const refreshes = [['knowledge']];
  const begin = useAct(api.beginArticle, {
    refreshes,
    onDone: ({ code }) => void handIn(code, submits),
    onFail: notify.problem,
  });
  const write = useAct(api.writeArticle, {
    refreshes,
    onDone: () => void handIn(file!.code, submits),
    onFail: notify.problem,
  });
  const missing = asked.filter((field) => text[field].trim().length < 2);
  const save = (submit: boolean): void => {
    setComplained(true);
    if (missing.length > 0 || begin.isPending || write.isPending) return;
    setSubmits(submit);
    const open = file?.versions.find((one) => one.state === 'draft' || one.state === 'in_review');
    if (file) write.mutate({ code: file.code, saves: open?.saves ?? null, ...text });
    else begin.mutate(text);
  };
  const fault = (field: (typeof asked)[number]) => (complained && missing.includes(field) ? t('needed') : undefined);
  const field = (name: (typeof asked)[number], label: string, most: number, rows?: number) => (
    <TextField
      label={label}
      rows={rows}
      maxLength={most}
      value={text[name]}
      fault={fault(name)}
      onChange={(value) => change({ [name]: value })}
    />
  );
  return (
    <form
      className="kb-form"
      onSubmit={(event) => {
        event.preventDefault();
        save(false);
      }}
    >
      <div className="kb-two">
        {field('zh', t('titleZh'), 80)}
        {field('en', t('titleEn'), 120)}
      </div>
      <div className="kb-two">
        {field('bodyZh', t('bodyZh'), 2000, 7)}
        {field('bodyEn', t('bodyEn'), 3000, 7)}
      </div>
      <TextField
        label={t('keywords')}
        hint={t('keywordsHint')}
        maxLength={300}
        value={text.keywords}
        onChange={(keywords) => change({ keywords })}
      />
      <Field label={t('category')}>
        {({ id }) => (
          <CategoryPicker
            id={id}
            label={t('category')}
            placeholder={t('anyCategory')}
            value={text.categoryId}
            clearable
            onChange={(categoryId) => change({ categoryId })}
          />
        )}
      </Field>
      <div className="kb-acts">
        <Button kind="main" busy={begin.isPending || write.isPending} onClick={() => save(true)}>
          {t('saveSubmit')}
        </Button>
        <Button submit busy={begin.isPending || write.isPending}>
          {t('save')}
        </Button>
        <Button
          kind="plain"
          onClick={() => {
            drop();
            onCancel();
          }}
        >
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}
