import type { CometCustomer } from '../../story/comet/customer.ts'
import type { Notification } from '../../story/comet/notification.ts'

/** Each operation of a running chat once, disconnect last, with the type of its event and the text of it. */
export async function* everyCometOperation(
  comet: CometCustomer,
): AsyncGenerator<{ operation: string; answer: Notification; type: string | undefined; text: string | undefined }> {
  const url = 'https://example.com/order/7'
  const one = (operation: string, answer: Notification, type?: string, text?: string) => ({
    operation,
    answer,
    type,
    text,
  })
  yield one('sendMessage', await comet.send('hello'), 'Message', 'hello')
  yield one('startTyping', await comet.startTyping('I am'), 'TypingStarted', 'I am')
  yield one('stopTyping', await comet.stopTyping('I was'), 'TypingStopped', 'I was')
  yield one('pushUrl', await comet.pushUrl(url), 'PushUrl', url)
  yield one('updateNickname', await comet.updateNickname('Annie'), 'NicknameUpdated', 'Annie')
  yield one('customNotice', await comet.customNotice('reads the order'), 'CustomNotice', 'reads the order')
  yield one('updateData', await comet.updateData({ order: '7' }))
  yield one('readReceipt', await comet.readReceipt(1))
  yield one('disconnect', await comet.disconnect())
}
