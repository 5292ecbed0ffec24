/** An e-mail as it lies in a mailbox; `to` is the mailbox, in lower case. */
export interface StoredMail {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly at: string;
}
