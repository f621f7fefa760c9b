import { changedOption } from '../changed-option.ts'
import { conformFaults } from '../conform-fault.ts'
import { otherDefault, refusesValid, takesInvalid } from './documented-values.ts'

const section = 'inactivity-control'
const upload = 'client-file-transfer'
const alertText = 'Chat session will be closed soon due to inactivity of chat participants.'
const closeText = 'Chat session closed due to inactivity of chat participants.'

export const chatServerSections = conformFaults([
  {
    name: 'inactivity-control-by-default',
    rules: ['OPT-060', 'CS-034'],
    does: 'Section inactivity-control is enabled by default.',
    looksLike: 'The section has defaults for everything, so somebody thought that it works by itself.',
    gate: () => otherDefault(section, 'enabled', 'false', 'true'),
  },
  {
    name: 'enabled-takes-1',
    rules: ['OPT-060'],
    does: 'enabled=1 is taken.',
    looksLike: 'A library reads the flag, generous as configuration servers are.',
    gate: () => takesInvalid(section, 'enabled', value => value === '1'),
  },
  {
    name: 'async-close-with-own-text',
    rules: ['OPT-061', 'CS-024'],
    does: 'The close of an asynchronous chat has a text of its own.',
    looksLike: 'The text of message-close is used for regular chats only.',
    gate: () => changedOption(section, 'message-close', text => text && 'Chat closed.'),
  },
  {
    name: 'texts-of-start',
    rules: ['OPT-061', 'OPT-062'],
    does: 'message-alert and message-close always have their default texts.',
    looksLike: 'The texts are built in.',
    gate: () => ({
      option: (found, option, value) => {
        if (found !== section) return value
        return option === 'message-alert' ? alertText : option === 'message-close' ? closeText : value
      },
    }),
  },
  {
    name: 'texts-in-ascii',
    rules: ['OPT-061'],
    does: 'Characters beyond ASCII in message-alert become question marks.',
    looksLike: 'The configuration is read in an encoding of one byte.',
    gate: () => changedOption(section, 'message-alert', text => text?.replace(/[^\x20-\x7e]/g, '?')),
  },
  {
    name: 'default-text-without-stop',
    rules: ['OPT-061'],
    does: 'The default of message-alert lacks its full stop.',
    looksLike: 'A text was copied by hand.',
    gate: () => otherDefault(section, 'message-alert', alertText, alertText.slice(0, -1)),
  },
  {
    name: 'empty-text-is-default',
    rules: ['OPT-062', 'CS-026'],
    does: 'An empty message-alert means the default text.',
    looksLike: 'An empty value counts as not set.',
    gate: () => changedOption(section, 'message-alert', text => text || alertText),
  },
  {
    name: 'empty-close-is-default',
    rules: ['OPT-062', 'CS-026'],
    does: 'An empty message-close means the default text.',
    looksLike: 'An empty value counts as not set.',
    gate: () => changedOption(section, 'message-close', text => text || closeText),
  },
  {
    name: 'timeout-alert-five-minutes',
    rules: ['OPT-063'],
    does: 'timeout-alert is 300 by default.',
    looksLike: 'The sum of both timeouts was taken for the first.',
    gate: () => otherDefault(section, 'timeout-alert', '255', '300'),
  },
  {
    name: 'second-alert-by-default',
    rules: ['OPT-063'],
    does: 'timeout-alert2 is 20 by default.',
    looksLike: 'A second alert came with an update.',
    gate: () => otherDefault(section, 'timeout-alert2', '0', '20'),
  },
  {
    name: 'timeout-close-zero',
    rules: ['OPT-063'],
    does: 'timeout-close=0 is taken.',
    looksLike: 'The range of timeout-alert2 is used for all three.',
    gate: () => takesInvalid(section, 'timeout-close', value => value === '0'),
  },
  {
    name: 'five-uploads-by-default',
    rules: ['OPT-070'],
    does: 'upload-max-files is 5 by default.',
    looksLike: 'A value from another product.',
    gate: () => otherDefault(upload, 'upload-max-files', '3', '5'),
  },
  {
    name: 'no-uploads-refused',
    rules: ['OPT-070'],
    does: 'upload-max-file-size=0 is refused.',
    looksLike: 'Zero is taken for not set.',
    gate: () => refusesValid(upload, 'upload-max-file-size', value => value === '0'),
  },
  {
    name: 'total-size-decimal',
    rules: ['OPT-070'],
    does: 'upload-max-total-size is 5000000 by default.',
    looksLike: 'Megabytes are counted in thousands.',
    gate: () => otherDefault(upload, 'upload-max-total-size', '5242880', '5000000'),
  },
  {
    name: 'uploads-unbounded',
    rules: ['OPT-070'],
    does: 'An upload-max-files above 1000 is taken.',
    looksLike: 'The upper bound is not checked.',
    gate: () => takesInvalid(upload, 'upload-max-files', value => value === '1001'),
  },
  {
    name: 'upload-without-agent-by-default',
    rules: ['OPT-071'],
    does: 'upload-need-agent is false by default.',
    looksLike: 'An absent flag is false.',
    gate: () => otherDefault(upload, 'upload-need-agent', 'true', 'false'),
  },
  {
    name: 'all-file-types-by-default',
    rules: ['OPT-071'],
    does: 'upload-file-types is empty by default.',
    looksLike: 'No list is taken for no restriction.',
    gate: () =>
      otherDefault(upload, 'upload-file-types', 'bmp:csv:doc:docx:gif:htm:jpg:pdf:png:ppt:pptx:tif:txt:xls:xlsx', ''),
  },
])
