import type { EventEmitter } from 'node:events';
import { mountAdministration } from './modules/access/administration.ts';
import { mountAccountExport } from './modules/access/export.ts';
import {
  accountsByLogins,
  hashPassword,
  insertAccounts,
  loginsOfPersons,
  oneTimePassword,
  redescribeAccount,
} from './modules/access/index.ts';
import { mountSignIn } from './modules/access/signIn.ts';
import { mountCases } from './modules/cases/module.ts';
import { mountCatalogueImport } from './modules/catalogue/import.ts';
import { mountCatalogue } from './modules/catalogue/module.ts';
import { mountClocks } from './modules/clocks/module.ts';
import { mountDrills } from './modules/drills/module.ts';
import { mountDutyExport } from './modules/duty/export.ts';
import { mountDutyImport } from './modules/duty/import.ts';
import { mountDuty } from './modules/duty/module.ts';
import { mountFollowupExport } from './modules/followups/export.ts';
import { mountFollowups } from './modules/followups/module.ts';
import { mountHotline } from './modules/hotline/module.ts';
import { mountJournalExport } from './modules/journal/export.ts';
import { mountJournal } from './modules/journal/module.ts';
import { mountKnowledge } from './modules/knowledge/module.ts';
import { mountLedgerExport } from './modules/ledger/export.ts';
import { mountLedgerFiles } from './modules/ledger/files.ts';
import { mountLedger } from './modules/ledger/module.ts';
import { mountLessons } from './modules/lessons/module.ts';
import { mountLikeness } from './modules/likeness/module.ts';
import { mountMeasureFiles } from './modules/measures/files.ts';
import { mountMeasures } from './modules/measures/module.ts';
import { mountMessages } from './modules/messages/module.ts';
import { mountOpen311 } from './modules/open311/module.ts';
import { mountOrganizationImport } from './modules/organization/import.ts';
import { mountOrganization } from './modules/organization/module.ts';
import { mountOutreach } from './modules/outreach/module.ts';
import { mountPlanFiles } from './modules/plans/files.ts';
import { mountPlans } from './modules/plans/module.ts';
import { mountReportExport } from './modules/reports/export.ts';
import { mountReports } from './modules/reports/module.ts';
import { mountRequestExport } from './modules/requests/export.ts';
import { mountFiles } from './modules/requests/files.ts';
import { mountRequests } from './modules/requests/module.ts';
import { mountStreams } from './modules/requests/streams.ts';
import { mountStages } from './modules/stages/module.ts';
import { mountTaskExport } from './modules/tasks/export.ts';
import { mountTaskFiles } from './modules/tasks/files.ts';
import { mountTasks } from './modules/tasks/module.ts';
import type { Classifier } from './modules/triage/index.ts';
import { mountTriage } from './modules/triage/module.ts';
import { mountWatch } from './modules/watch/module.ts';
import { mountWebhooks } from './modules/webhooks/module.ts';
import type { Keys } from './platform/crypto.ts';
import type { Settled } from './platform/live.ts';
import type { Desk } from './platform/serve.ts';

export interface ModuleDeps {
  keys: Keys;
  filesFolder: string;
  anchorsFile: string;
  publicUrl: () => string;
  boundHost: string;
  secureCookies: boolean;
  demoLogins: readonly string[];
  journal: EventEmitter<{ settled: [Settled] }>;
  classifier: Classifier;
  log: (line: string) => void;
}

/** All modules, foundations first: the architecture on one screen. */
export async function mountModules(desk: Desk, deps: ModuleDeps): Promise<{ close(): void }> {
  mountOrganization(desk, deps);
  mountSignIn(desk, deps);
  mountAdministration(desk);
  mountKnowledge(desk);
  mountStages(desk);
  mountClocks(desk);
  mountMessages(desk, deps);
  mountRequests(desk, deps);
  await mountFiles(desk, { keys: deps.keys, folder: deps.filesFolder });
  mountCatalogue(desk);
  mountCases(desk);
  mountLikeness(desk);
  mountFollowups(desk, deps);
  mountTriage(desk, deps);
  await mountHotline(desk, deps);
  mountTasks(desk);
  mountTaskFiles(desk, { folder: deps.filesFolder });
  mountLedgerFiles(desk, { folder: deps.filesFolder });
  mountLedger(desk, deps);
  mountOutreach(desk, deps);
  mountMeasures(desk);
  mountMeasureFiles(desk, { folder: deps.filesFolder });
  mountPlans(desk, deps);
  mountPlanFiles(desk);
  mountWatch(desk);
  mountDrills(desk);
  mountLessons(desk);
  mountReports(desk);
  mountDuty(desk);
  mountReportExport(desk);
  mountOpen311(desk, deps);
  mountWebhooks(desk, deps);
  mountJournal(desk, deps);
  mountRequestExport(desk);
  mountFollowupExport(desk);
  mountTaskExport(desk);
  mountLedgerExport(desk);
  mountAccountExport(desk);
  mountJournalExport(desk);
  mountDutyExport(desk);
  mountDutyImport(desk);
  mountCatalogueImport(desk);
  mountOrganizationImport(desk, {
    byLogins: accountsByLogins,
    byStaffNos: loginsOfPersons,
    create: insertAccounts,
    change: redescribeAccount,
    hash: hashPassword,
    oneTimePassword,
  });
  return mountStreams(desk, deps.journal);
}
