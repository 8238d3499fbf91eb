import type { ComponentType } from 'react';
import type { Act } from '../acts.ts';
import { AnswerForm } from './answer-form.tsx';
import { AskForm, DecideForm } from './ask-forms.tsx';
import { HandledForm, MessageForm, ProgressForm, TakeBackForm } from './case-forms.tsx';
import { DispatchForm } from './dispatch-form.tsx';
import { FactsForm } from './facts-form.tsx';
import type { FormProps } from './form-act.tsx';
import { JoinForm } from './join-form.tsx';
import { AskPartForm, FinishPartForm, HandBackForm, ProgressPartForm } from './part-forms.tsx';
import { ReturnForm } from './return-form.tsx';
import { SealedForm } from './sealed-form.tsx';
import { SummaryForm } from './summary-form.tsx';

/** Acts that ask for something first; accepting asks for nothing. */
export type FormAct = Exclude<Act, 'accept' | 'acceptPart'>;

const forms: Record<FormAct, ComponentType<FormProps>> = {
  decideAsk: DecideForm,
  arbitrate: DispatchForm,
  dispatch: DispatchForm,
  handle: HandledForm,
  progress: ProgressForm,
  writeSummary: SummaryForm,
  answer: AnswerForm,
  setFacts: FactsForm,
  join: JoinForm,
  takeBack: TakeBackForm,
  askExtension: (props) => <AskForm {...props} kind="extension" />,
  askSuspension: (props) => <AskForm {...props} kind="suspension" />,
  return: ReturnForm,
  message: MessageForm,
  moveToSealed: SealedForm,
  askPart: AskPartForm,
  progressPart: ProgressPartForm,
  finishPart: FinishPartForm,
  handBack: HandBackForm,
};

export function ActForm({ act, ...props }: FormProps & { act: FormAct }) {
  const Form = forms[act];
  return <Form {...props} />;
}
