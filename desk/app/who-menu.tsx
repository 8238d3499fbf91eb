import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { accessEndpoints } from '../../contract/access.ts';
import { Glyph } from '../kit/glyph.tsx';
import { Menu } from '../kit/menu.tsx';
import { notify } from '../kit/notify.tsx';
import { call } from './api.ts';
import { useMe, useSession } from './session.tsx';
import { setTheme, useTheme } from './theme.ts';
import { chooseLocaleOf, defineWords, useLocale, useWords } from './words.ts';

const words = defineWords({
  menu: ['{who}，我的菜单', '{who}, my menu'],
  language: ['English', '中文'],
  wall: ['大屏深色', 'Wall screen, dark'],
  day: ['日间浅色', 'Day, light'],
  mine: ['我的诉求', 'My own requests'],
  sessions: ['我的登录', 'My sessions'],
  leave: ['退出登录', 'Sign out'],
});

export function WhoMenu() {
  const me = useMe();
  const { leave } = useSession();
  const t = useWords(words);
  const language = useLocale();
  const theme = useTheme();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const switchLanguage = () => {
    const next = language === 'en' ? 'zh-CN' : 'en';
    chooseLocaleOf(me.id, next);
    // The choice shows at once; if it could not be remembered, this computer still does.
    call(accessEndpoints.setLocale, { locale: next }).catch(() => undefined);
    // What the server names comes in the language it is asked in.
    void cache.invalidateQueries();
  };
  return (
    <Menu
      label={t('menu', { who: me.label })}
      items={[
        { key: 'language', label: t('language'), lang: language === 'en' ? 'zh-CN' : 'en', onChoose: switchLanguage },
        {
          key: 'theme',
          label: theme === 'wall' ? t('day') : t('wall'),
          onChoose: () => setTheme(theme === 'wall' ? 'day' : 'wall'),
        },
        ...(me.permissions.includes('requests.ask')
          ? [{ key: 'mine', label: t('mine'), onChoose: () => window.location.assign('/p/') }]
          : []),
        { key: 'sessions', label: t('sessions'), onChoose: () => void navigate({ to: '/sessions' }) },
        { key: 'leave', label: t('leave'), onChoose: () => void leave().catch(notify.problem) },
      ]}
    >
      <b className="cut">{me.label}</b>
      <Glyph name="down" />
    </Menu>
  );
}
