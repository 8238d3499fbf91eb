import { NetworkError, ProblemError, StillSignedIn } from './api.ts';
import { defineWords, type Locale, say, useLocale } from './words.ts';

const words = defineWords({
  network: ['网络没有通。写的都还在，请再试一次。', 'No answer from the server. Nothing was lost: try again.'],
  signedOut: [
    '登录已过期。写的都还在，重新登录后继续。',
    'Your session has ended. What you typed is kept: sign in and go on.',
  ],
  stillSignedIn: [
    '没有退出：服务器没有答复，您的登录还开着。请再试一次，离开前看到登录页为止。',
    'Not signed out: the server did not answer and your session is still open. Try again until you see the sign-in page.',
  ],
  unknown: ['出错了。写的都还在，请再试一次。', 'Something went wrong. What you typed is kept: try again.'],
});

/** What to tell a person about a failure. The server says its refusals in the reader's language (`detail`). */
export function problemText(error: unknown, language: Locale): string {
  if (error instanceof NetworkError) return say(words.network, language);
  if (error instanceof StillSignedIn) return say(words.stillSignedIn, language);
  if (error instanceof ProblemError) {
    if (error.code === 'sign_in_first') return say(words.signedOut, language);
    const fields = error.fields.map((field) => field.message).filter(Boolean);
    if (fields.length > 0) return fields.join(language === 'en' ? '; ' : '；');
    if (error.detail) return error.detail;
  }
  return say(words.unknown, language);
}

export function useProblemText(): (error: unknown) => string {
  const language = useLocale();
  return (error) => problemText(error, language);
}

/** What the server said of single fields of what was sent, by their names. */
export const faultsIn = (error: unknown): Record<string, string> =>
  error instanceof ProblemError ? Object.fromEntries(error.fields.map((one) => [one.field, one.message])) : {};
