import { accessEndpoints } from './access.ts';
import { caseEndpoints } from './cases.ts';
import { catalogueEndpoints } from './catalogue.ts';
import { clockEndpoints } from './clocks.ts';
import { drillEndpoints } from './drills.ts';
import { dutyEndpoints } from './duty.ts';
import { followupEndpoints } from './followups.ts';
import { hotlineEndpoints } from './hotline.ts';
import { journalEndpoints } from './journal.ts';
import { knowledgeEndpoints } from './knowledge.ts';
import { ledgerEndpoints } from './ledger.ts';
import { lessonEndpoints } from './lessons.ts';
import { likenessEndpoints } from './likeness.ts';
import { measureEndpoints } from './measures.ts';
import { messageEndpoints } from './messages.ts';
import { open311Endpoints } from './open311.ts';
import { organizationEndpoints } from './organization.ts';
import { outreachEndpoints } from './outreach.ts';
import { partEndpoints } from './parts.ts';
import { planEndpoints } from './plans.ts';
import { reportEndpoints } from './reports.ts';
import { requestEndpoints } from './requests.ts';
import { stageNowEndpoints } from './stage-now.ts';
import { stageEndpoints } from './stages.ts';
import { taskEndpoints } from './tasks.ts';
import { triageEndpoints } from './triage.ts';
import { watchEndpoints } from './watch.ts';
import { webhookEndpoints } from './webhooks.ts';

/** Every endpoint of the public interface, by module. */
export const endpoints = {
  organization: organizationEndpoints,
  access: accessEndpoints,
  requests: requestEndpoints,
  catalogue: catalogueEndpoints,
  cases: { ...caseEndpoints, ...partEndpoints },
  clocks: clockEndpoints,
  triage: triageEndpoints,
  followups: followupEndpoints,
  hotline: hotlineEndpoints,
  knowledge: knowledgeEndpoints,
  tasks: taskEndpoints,
  journal: journalEndpoints,
  ledger: ledgerEndpoints,
  open311: open311Endpoints,
  messages: messageEndpoints,
  likeness: likenessEndpoints,
  outreach: outreachEndpoints,
  measures: measureEndpoints,
  webhooks: webhookEndpoints,
  watch: watchEndpoints,
  drills: drillEndpoints,
  lessons: lessonEndpoints,
  reports: reportEndpoints,
  duty: dutyEndpoints,
  stages: { ...stageNowEndpoints, ...stageEndpoints },
  plans: planEndpoints,
};
