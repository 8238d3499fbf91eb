/** Boundaries (docs/architecture.md). Composition roots may look into every module: that is what they are for. */
const roots = '^server/(main|program|modules|timers)\\.ts$';
const tests = '(\\.test\\.tsx?$|^server/testing/)';

module.exports = {
  forbidden: [
    { name: 'no-cycles', comment: 'Two files that need each other are one file.', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-unresolved', comment: 'An import that leads nowhere.', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\?' } },
    {
      name: 'peer-through-its-front-door',
      comment: 'A module reaches another only through its index.ts.',
      severity: 'error',
      from: { path: '^server/modules/([^/]+)/', pathNot: tests },
      to: { path: '^server/modules/[^/]+/', pathNot: ['^server/modules/$1/', '^server/modules/[^/]+/index\\.ts$'] },
    },
    {
      name: 'loaders-through-the-front-door',
      comment: 'The demo and other loaders use modules as any module would.',
      severity: 'error',
      from: { path: '^server/demo/', pathNot: tests },
      to: { path: '^server/modules/[^/]+/', pathNot: '^server/modules/[^/]+/index\\.ts$' },
    },
    {
      name: 'sql-in-one-place',
      comment: 'Only queries.ts speaks SQL; the platform keeps its own few statements.',
      severity: 'error',
      from: { path: '^server/', pathNot: ['/queries\\.ts$', '^server/platform/', tests] },
      to: { path: '^server/platform/sql\\.ts$' },
    },
    {
      name: 'transactions-stay-closed',
      comment: 'Modules never look inside a transaction (connectionOf); they go through sql.ts.',
      severity: 'error',
      from: { path: '^server/modules/' },
      to: { path: '^(node_modules/)?(pg|pg-pool)(/|$)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'platform-knows-no-module',
      severity: 'error',
      from: { path: '^server/platform/', pathNot: tests },
      to: { path: '^server/(modules/|demo/|main|program|modules\\.ts|timers)' },
    },
    { name: 'modules-know-no-root', severity: 'error', from: { path: '^server/(modules|platform)/', pathNot: tests }, to: { path: [roots, '^server/demo/'] } },
    { name: 'program-knows-no-test', severity: 'error', from: { path: '^(server|contract|desk|phone)/', pathNot: tests }, to: { path: tests } },
    { name: 'pages-know-no-server', severity: 'error', from: { path: '^(desk|phone)/' }, to: { path: '^server/' } },
    { name: 'pages-know-not-each-other', severity: 'error', from: { path: '^(desk|phone)/' }, to: { path: '^(desk|phone)/', pathNot: '^$1/' } },
    { name: 'server-knows-no-page', severity: 'error', from: { path: '^server/' }, to: { path: '^(desk|phone)/' } },
    {
      name: 'contract-imports-zod-only',
      severity: 'error',
      from: { path: '^contract/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^contract/', '(^|/)node_modules/zod/', '^zod$'] },
    },
    {
      name: 'phone-takes-types-only',
      comment: 'The phone is small: of the contract it carries types, the query code and what counts as evidence and the checks of a report, no validators.',
      severity: 'error',
      from: { path: '^phone/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^contract/', pathNot: '^contract/(query-code|measure-evidence|report-checks)\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    { name: 'nobody-imports-care', severity: 'error', from: { pathNot: ['^server/modules/care/', roots] }, to: { path: '^server/modules/care/' } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^dist/|/generated/)' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'], extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
};
