import { changedAnswer } from '../changed-json.ts'
import { changedOption } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'

export const loadLimits = conformFaults([
  {
    name: 'limits-always-on',
    rules: ['CS-120', 'OPT-050'],
    does: 'The limits hold with limits-control-enabled=false, too.',
    looksLike: 'The master switch is not looked at.',
    gate: () => changedOption('settings', 'limits-control-enabled', () => 'true'),
  },
  {
    name: 'limits-never-off',
    rules: ['CS-120', 'OPT-050'],
    does: 'Limits that were on once stay, with limits-control-enabled=false too.',
    looksLike: 'The timer that measures the load is started and never stopped.',
    gate: () => {
      let wasOn = false
      return changedOption('settings', 'limits-control-enabled', value => {
        wasOn ||= value === 'true'
        return wasOn ? 'true' : value
      })
    },
  },
  {
    name: 'one-session-too-many',
    rules: ['CS-121', 'CS-122', 'CS-123', 'OPT-051'],
    does: 'An instance takes one session more than its limit.',
    looksLike: 'The limit is compared before the session is counted.',
    gate: () =>
      changedOption('settings', 'limit-for-sessions', value =>
        value && value !== '0' ? String(Number(value) + 1) : value,
      ),
  },
  {
    name: 'flex-limit-ignored',
    rules: ['CS-121', 'OPT-052'],
    does: 'limit-for-flex-users has no effect.',
    looksLike: 'Only one of the metrics is compared.',
    gate: () => changedOption('settings', 'limit-for-flex-users', () => '0'),
  },
  {
    name: 'limit-refuses-running-chats',
    rules: ['CS-121'],
    does: 'An instance at its limit refuses requests of the sessions that it has.',
    looksLike: 'The limit is checked where requests enter.',
  },
  {
    name: 'limit-restored-at-once',
    rules: ['CS-122', 'OPT-053'],
    does: 'An instance takes sessions again as soon as it is below its limit.',
    looksLike: 'limits-restore-threshold is read as a part of the interval.',
    gate: () => changedOption('settings', 'limits-restore-threshold', () => '100'),
  },
  {
    name: 'threshold-included',
    rules: ['CS-122', 'OPT-053'],
    does: 'An instance takes sessions again at the threshold instead of below it.',
    looksLike: 'At most is written for below.',
    gate: () => changedOption('settings', 'limits-restore-threshold', value => String(Number(value) + 1)),
  },
  {
    name: 'no-other-instance',
    rules: ['CS-123', 'CS-121'],
    does: 'A request chat that one instance refuses is tried nowhere else.',
    looksLike: 'GMS takes the refusal for a final answer.',
  },
  {
    name: 'full-servers-are-retryable',
    rules: ['CS-123'],
    does: 'A request chat that nobody takes is answered statusCode 1.',
    looksLike: 'A full server is taken for one that does not answer: clients try again for ever.',
    gate: () => ({
      reply: changedAnswer('requestChat', body =>
        body.statusCode === 2
          ? { messages: [], chatEnded: false, statusCode: 1, errors: [{ code: 9009, advice: 'try again' }] }
          : body,
      ),
    }),
  },
  {
    name: 'limit-zero-takes-nothing',
    rules: ['CS-125'],
    does: 'A limit of 0 is reached by the first session.',
    looksLike: 'The value is compared like any other.',
    gate: () => changedOption('settings', 'limit-for-sessions', value => (value === '0' ? '1' : value)),
  },
  {
    name: 'flex-limit-zero-takes-nothing',
    rules: ['CS-125'],
    does: 'limit-for-flex-users=0 is reached by the first customer.',
    looksLike: 'The value is compared like any other.',
    gate: () => changedOption('settings', 'limit-for-flex-users', value => (value === '0' ? '1' : value)),
  },
  {
    name: 'limit-not-reported',
    rules: ['CS-126'],
    does: 'A server at its limit writes no SERVICE UNAVAILABLE.',
    looksLike: 'The report depends on a control layer that is not there.',
    gate: () => ({ line: line => (line.startsWith('SERVICE UNAVAILABLE') ? undefined : line) }),
  },
  {
    name: 'limit-reported-all-the-same',
    rules: ['CS-126', 'OPT-054'],
    does: 'SERVICE UNAVAILABLE is reported with limits-reached-report-scs=false, too.',
    looksLike: 'The option is read when the server starts.',
    gate: () => changedOption('settings', 'limits-reached-report-scs', () => 'true'),
  },
])
