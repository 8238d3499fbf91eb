import { describe, expect, it } from 'vitest';
import { deviceOf } from './device.ts';

describe('the device of a session', () => {
  it.each([
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0',
      'Edge',
      'Windows',
    ],
    [
      'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36',
      'Chrome',
      'Android',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1 Version/17.0 Safari/604.1',
      'Safari',
      'iPhone',
    ],
    ['Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00) Chrome/99.0 Mobile Safari/537.36', 'Chrome', 'HarmonyOS'],
    ['Mozilla/5.0 (Linux; Android 13) Chrome/111.0 MicroMessenger/8.0.42', 'WeChat', 'Android'],
  ])('is named by browser and system', (header, browser, system) => {
    expect(deviceOf(header)).toEqual({ browser, system });
  });
  it('is left as it says where it is neither', () => {
    expect(deviceOf('node')).toEqual({ browser: undefined, system: undefined });
  });
});
