import ConfigProvider from 'antd/es/config-provider';
import type { ThemeConfig } from 'antd/es/config-provider/context';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import antTheme from 'antd/es/theme';
import type { ReactNode } from 'react';
import { type Theme, useTheme } from '../app/theme.ts';
import { useLocale } from '../app/words.ts';

/** The tokens Ant Design computes with; the same colours as tokens.css, which it cannot read. */
const colours: Record<Theme, Record<string, string>> = {
  day: {
    ink: '#1d2b34',
    ink2: '#4c5b65',
    ink3: '#606e77',
    paper: '#f7f5f0',
    card: '#ffffff',
    line: '#e4e0d8',
    line2: '#8f8a7e',
    fill: '#ece8df',
    teal: '#0f6b6b',
    vermilion: '#c2402b',
    amber: '#875609',
    slate: '#3b6a94',
    wash: '#ecf4f2',
  },
  wall: {
    ink: '#e9e5dc',
    ink2: '#b8bfc2',
    ink3: '#95a0a6',
    paper: '#11191e',
    card: '#182329',
    line: '#2a373e',
    line2: '#6b7a83',
    fill: '#2a373e',
    teal: '#55b3ab',
    vermilion: '#ee7a63',
    amber: '#e2b269',
    slate: '#86b1d6',
    wash: '#17353a',
  },
};

function themeOf(name: Theme): ThemeConfig {
  const c = colours[name];
  return {
    algorithm: name === 'wall' ? antTheme.darkAlgorithm : antTheme.defaultAlgorithm,
    token: {
      colorPrimary: c.teal,
      colorLink: c.teal,
      colorSuccess: c.teal,
      colorError: c.vermilion,
      colorWarning: c.amber,
      colorInfo: c.slate,
      colorText: c.ink,
      colorTextSecondary: c.ink2,
      colorTextTertiary: c.ink3,
      colorTextQuaternary: c.ink3,
      colorTextPlaceholder: c.ink3,
      colorTextDescription: c.ink2,
      colorTextDisabled: c.ink3,
      colorTextHeading: c.ink,
      colorBgBase: c.card,
      colorBgContainer: c.card,
      colorBgElevated: c.card,
      colorBgLayout: c.paper,
      colorBorder: c.line2,
      colorBorderSecondary: c.line,
      colorSplit: c.line,
      controlItemBgActive: c.wash,
      controlItemBgHover: c.fill,
      borderRadius: 4,
      borderRadiusLG: 4,
      borderRadiusSM: 3,
      fontSize: 14,
      lineHeight: 20 / 14,
      controlHeight: 32,
      fontFamily: 'var(--face)',
      motion: false,
      boxShadow: '0 4px 16px rgb(29 43 52 / 12%)',
      boxShadowSecondary: '0 4px 16px rgb(29 43 52 / 12%)',
      wireframe: false,
    },
    components: {
      Select: {
        optionSelectedColor: c.ink,
        optionSelectedBg: c.wash,
        optionActiveBg: c.fill,
        optionSelectedFontWeight: 600,
      },
    },
  };
}

const themes: Record<Theme, ThemeConfig> = { day: themeOf('day'), wall: themeOf('wall') };

export function KitTheme({ children }: { children: ReactNode }) {
  const theme = useTheme();
  const language = useLocale();
  return (
    <ConfigProvider theme={themes[theme]} locale={language === 'en' ? enUS : zhCN} wave={{ disabled: true }}>
      {children}
    </ConfigProvider>
  );
}
