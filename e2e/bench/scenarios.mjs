const imports = ['import floor', 'import halyard', 'import peer'];
const remote = ['remote floor', 'remote halyard', 'remote peer'];

/** What is measured, in which unit, and the goal as a ratio to the floor (or as a number where there is no floor). */
export const scenarios = [
  { name: 'static', title: 'static flag, direct', unit: 'ns', subjects: ['floor', 'halyard', 'flagd'], goal: 1.5 },
  {
    name: 'five rules',
    title: 'five rules, the fifth matches',
    unit: 'ns',
    subjects: ['floor', 'halyard', 'flagd'],
    goal: 2,
  },
  { name: 'split', title: '50/50 split', unit: 'ns', subjects: ['floor', 'halyard', 'flagd'], goal: 1.5 },
  {
    name: '1,000 flags',
    title: '1,000 flags of three rules, one user',
    unit: 'µs',
    subjects: ['floor', 'halyard'],
    goal: 1.5,
  },
  {
    name: 'through the client',
    title: 'static flag through the server client',
    unit: 'µs',
    subjects: ['floor', 'halyard'],
    goal: 1.05,
  },
  {
    name: 'static bytes',
    title: 'heap allocated by a static evaluation',
    unit: 'B',
    subjects: ['floor', 'halyard', 'flagd'],
  },
  {
    name: 'five rules bytes',
    title: 'heap allocated by five rules',
    unit: 'B',
    subjects: ['floor', 'halyard', 'flagd'],
  },
  { name: 'load 100', title: 'load a file of 100 flags', unit: 'ms', subjects: ['floor', 'halyard'], flags: 100 },
  { name: 'load 1,000', title: 'load a file of 1,000 flags', unit: 'ms', subjects: ['floor', 'halyard'], flags: 1_000 },
  {
    name: 'load 10,000',
    title: 'load a file of 10,000 flags',
    unit: 'ms',
    subjects: ['floor', 'halyard'],
    flags: 10_000,
    goal: 1.3,
  },
  {
    name: 'load 10,000 and evaluate each',
    title: '… and evaluate each of them once',
    unit: 'ms',
    subjects: ['floor', 'halyard'],
    flags: 10_000,
    goal: 2,
  },
  { name: 'heap per flag', title: 'heap per flag, evaluated', unit: 'B', subjects: ['floor', 'halyard'], limit: 1_200 },
  {
    name: 'reload pause',
    title: 'longest pause while 10,000 flags are replaced, beyond JSON.parse',
    unit: 'ms',
    subjects: ['halyard'],
    flags: 10_000,
    limit: 10,
  },
  // 5 ms where the SDK itself takes 6.2
  { name: 'import local', title: 'import of LocalProvider', unit: 'ms', subjects: imports, goal: 0.81 },
  { name: 'import remote', title: 'import of RemoteProvider', unit: 'ms', subjects: imports, goal: 0.81 },
  { name: 'remote, one caller', title: 'remote evaluation, one caller, p50', unit: 'us', subjects: remote, goal: 1.5 },
  {
    name: 'remote, 32 callers',
    title: 'remote evaluation, 32 callers, share of one answer',
    unit: 'us',
    subjects: remote,
    goal: 2.25,
  },
  { name: 'remote cache hit', title: 'remote evaluation, answer kept', unit: 'ns', subjects: remote, goal: 1 },
  {
    name: 'notice to new answer',
    title: "from the relay's notice to the new answer, p99",
    unit: 'ms',
    subjects: ['remote halyard'],
    limit: 50,
  },
];
