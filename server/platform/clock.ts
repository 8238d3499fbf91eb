/** The one place that reads the time, so that tests and the demo can set it. */
export type Now = () => Date;
export const systemNow: Now = () => new Date();
