import { NetworkError, ProblemError } from './api.ts';
import { defineWords, useWords } from './words.ts';

const words = defineWords({
  network: ['网络没有通。写的都还在，请再试一次。', 'No answer from the server. Nothing was lost: try again.'],
  stale: ['刚有人先改过。您写的都还在，请看看变化再提交。', 'Somebody changed this first. What you typed is kept: look at the change and send again.'],
  forbidden: ['您没有做这件事的权限', 'You may not do this'],
  not_found: ['没有找到，或您看不到', 'Not found, or not visible to you'],
  invalid: ['有几处要改', 'Some fields need a change'],
  validation: ['有几处要改', 'Some fields need a change'],
  too_many: ['试得太多了，请稍等再试', 'Too many tries; wait a moment'],
  rate_limited: ['试得太多了，请稍等再试', 'Too many tries; wait a moment'],
  wrong_credentials: ['账号或密码不对', 'Login or password is wrong'],
  locked: ['密码错得太多，账号暂时锁定', 'Too many wrong passwords: the account is locked for a while'],
  unknown: ['出错了。写的都还在，请再试一次。', 'Something went wrong. What you typed is kept: try again.'],
});

/** What to tell a person about a failure: what happened, what was kept, what to do. */
export function useProblemText(): (error: unknown) => string {
  const t = useWords(words);
  return (error) => {
    if (error instanceof NetworkError) return t('network');
    if (error instanceof ProblemError) {
      const word = t.or(error.code, '');
      if (word) return error.fields.length > 0 ? `${word}${error.fields.map((field) => field.message).join('；')}` : word;
      return error.detail || t('unknown');
    }
    return t('unknown');
  };
}
