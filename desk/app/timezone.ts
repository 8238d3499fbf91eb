import { createContext } from 'react';

/** The group's time zone, from the directory: a deadline is the same hour for everyone who reads it. */
export const TimezoneContext = createContext('Asia/Shanghai');
