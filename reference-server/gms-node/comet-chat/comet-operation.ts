import type { ChatOperation } from '../../messages.ts'

/** The operations of table 7.2, by the names that REST has for them. */
export const cometOperations: ReadonlyMap<unknown, ChatOperation> = new Map<string, ChatOperation>([
  ['requestChat', 'requestChat'],
  ['requestNotifications', 'refresh'],
  ['sendMessage', 'send'],
  ['readReceipt', 'readReceipt'],
  ['startTyping', 'startTyping'],
  ['stopTyping', 'stopTyping'],
  ['disconnect', 'disconnect'],
  ['pushUrl', 'pushUrl'],
  ['updateNickname', 'updateNickname'],
  ['customNotice', 'customNotice'],
  ['updateData', 'updateData'],
])
