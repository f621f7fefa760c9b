import type { OptionKind, OptionRow } from './option-table.ts'

const flag: OptionKind = { type: 'flag' }
const text: OptionKind = { type: 'text' }
const integer = (min: number, max: number): OptionKind => ({ type: 'integer', min, max })
const words = (...list: string[]): OptionKind => ({ type: 'words', words: list })

const notices = words('none', 'major', 'major2', 'typing', 'all')
const days20 = integer(1, 1_728_000)
const upload = integer(0, 1_073_741_823)

const unlimited = Number.MAX_SAFE_INTEGER

function rows(
  section: string,
  ...list: [
    option: string,
    kind: OptionKind,
    fallback: string | undefined,
    rule: string,
    takesEffect?: OptionRow['takesEffect'],
  ][]
) {
  return list.map(
    ([option, kind, fallback, rule, takesEffect = 'immediately']): OptionRow => ({
      option,
      sections: [section],
      kind,
      ...(fallback === undefined ? {} : { fallback }),
      takesEffect,
      rule,
    }),
  )
}

/** Options of the Chat Server application; nearly all of them take effect immediately (OPT-020 ff. to OPT-070 ff.). */
export const chatServerOptions: readonly OptionRow[] = [
  ...rows(
    'settings',
    ['flex-disconnect-timeout', days20, '45', 'OPT-020'],
    ['flex-push-enabled', flag, 'true', 'OPT-021'],
    ['flex-push-timeout', days20, '300', 'OPT-022'],
    ['flex-push-on-join', flag, 'false', 'OPT-023'],
    [
      'flex-push-content',
      { type: 'list', items: ['app-dbid', 'secure-key', 'session-id', 'user-id'] },
      'session-id,user-id',
      'OPT-024',
    ],
    ['flex-push-resend-delay', integer(1, 86_400), '15', 'OPT-026'],
    ['flex-push-resend-attempts', integer(0, 1_000_000), '10', 'OPT-027'],
    ['shutdown-notify-flex-push', words('0', '1'), '0', 'OPT-028'],
    ['user-register-timeout', integer(0, unlimited), '30', 'OPT-020 ff.'],
    ['async-idle-alert', days20, '86400', 'OPT-030'],
    ['async-idle-close', days20, '3600', 'OPT-031'],
    ['async-idle-notices', notices, 'major', 'OPT-032'],
    ['session-restore-extend-by', words('none', 'agent', 'esp', 'both'), 'none', 'OPT-040'],
    ['session-restore-push-send', flag, 'false', 'OPT-041'],
    ['session-restore-do-purge', flag, 'false', 'OPT-040 ff.'],
    ['session-restoration-mode', text, 'simple', 'OPT-042'],
    ['transcript-auto-save', words('0', '1', '2'), '1', 'OPT-042'],
    ['transcript-save-on-error', text, undefined, 'OPT-043'],
    ['transcript-resend-attempts', integer(0, unlimited), undefined, 'OPT-040 ff.'],
    ['transcript-resend-delay', integer(0, unlimited), undefined, 'OPT-040 ff.'],
    ['transcript-save-notices', text, undefined, 'OPT-040 ff.'],
    ['ixn-submittedby-name', text, '', 'OPT-040 ff.', 'after restart'],
    ['limits-control-enabled', flag, 'false', 'OPT-050'],
    ['limit-for-sessions', integer(0, 1_000_000), '1000', 'OPT-051'],
    ['limit-for-flex-users', integer(0, 1_000_000), '1001', 'OPT-052'],
    ['limit-for-reply-delay', integer(0, unlimited), undefined, 'OPT-050 ff.'],
    ['limit-average-interval', integer(1, unlimited), '15', 'OPT-050 ff.'],
    ['limits-restore-threshold', integer(0, 100), '80', 'OPT-053'],
    ['limits-reached-report-scs', flag, 'true', 'OPT-054'],
  ),
  ...rows(
    'inactivity-control',
    ['enabled', flag, 'false', 'OPT-060'],
    ['include-notices', notices, 'major', 'OPT-063'],
    ['message-alert', text, 'Chat session will be closed soon due to inactivity of chat participants.', 'OPT-061'],
    [
      'message-alert2',
      text,
      'Chat session will be closed very soon due to inactivity of chat participants.',
      'OPT-061',
    ],
    ['message-close', text, 'Chat session closed due to inactivity of chat participants.', 'OPT-061'],
    ['timeout-alert', integer(1, 86_400), '255', 'OPT-063'],
    ['timeout-alert2', integer(0, 86_400), '0', 'OPT-063'],
    ['timeout-close', integer(1, 86_400), '45', 'OPT-063'],
  ),
  ...rows(
    'health-service',
    ['log-output-timeout', integer(0, 86_400), '0', 'OPT-072'],
    ['log-output-proviso', words('always', 'update'), 'update', 'OPT-072'],
    ['log-output-content', words('all', 'new', 'set', ''), 'set', 'OPT-073'],
  ),
  ...rows(
    'client-file-transfer',
    ['upload-max-files', integer(0, 1_000), '3', 'OPT-070'],
    ['upload-max-file-size', upload, '2097152', 'OPT-070'],
    ['upload-max-total-size', upload, '5242880', 'OPT-070'],
    ['upload-need-agent', flag, 'true', 'OPT-071'],
    ['upload-file-types', text, 'bmp:csv:doc:docx:gif:htm:jpg:pdf:png:ppt:pptx:tif:txt:xls:xlsx', 'OPT-071'],
    ['download-attempts', integer(0, unlimited), '10', 'OPT-071'],
    ['delete-file', text, 'odd', 'OPT-071'],
  ),
]
