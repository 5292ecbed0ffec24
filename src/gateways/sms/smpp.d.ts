/** The part of `smpp` we use: the package carries no types of its own. */
declare module "smpp" {
  import type { EventEmitter } from "node:events";
  import type { Server as NetServer, Socket } from "node:net";

  interface ShortMessage {
    readonly udh?: readonly Buffer[];
    readonly message: string | Buffer;
  }

  interface PduFields {
    readonly command_status?: number;
    readonly sequence_number?: number;
    readonly system_id?: string;
    readonly password?: string;
    readonly system_type?: string;
    readonly interface_version?: number;
    readonly source_addr_ton?: number;
    readonly source_addr_npi?: number;
    readonly source_addr?: string;
    readonly dest_addr_ton?: number;
    readonly dest_addr_npi?: number;
    readonly destination_addr?: string;
    readonly esm_class?: number;
    readonly registered_delivery?: number;
    readonly data_coding?: number;
    readonly short_message?: ShortMessage | Buffer | string;
    readonly message_payload?: ShortMessage | Buffer | string;
    readonly message_id?: string;
    readonly message_state?: number;
    readonly receipted_message_id?: string;
    readonly sar_msg_ref_num?: number;
    readonly sar_total_segments?: number;
    readonly sar_segment_seqnum?: number;
  }

  interface Pdu extends PduFields {
    readonly command: string;
    readonly command_status: number;
    readonly sequence_number: number;
    isResponse(): boolean;
    response(fields?: PduFields): Pdu;
  }

  interface Session extends EventEmitter {
    readonly socket: Socket;
    /** False when the socket can no longer be written to; gives the PDU its sequence number. */
    send(pdu: Pdu): boolean;
    close(): void;
    destroy(): void;
  }

  interface Server extends NetServer {
    readonly sessions: readonly Session[];
  }

  interface Encoding {
    match(text: string): boolean;
    encode(text: string): Buffer;
    decode(data: Buffer): string;
  }

  const smpp: {
    connect(options: { host: string; port: number; tls: boolean; servername?: string }, connected?: () => void): Session;
    createServer(heard: (session: Session) => void): Server;
    readonly PDU: new (command: string, fields: PduFields) => Pdu;
    readonly encodings: { readonly ASCII: Encoding; readonly UCS2: Encoding };
    readonly errors: Readonly<Record<string, number>>;
  };
  export default smpp;
  export type { Pdu, PduFields, Server, Session, ShortMessage };
}
