/** A PIN being chosen, typed twice; whether it is a good one is for core to say. */
import type { Words } from "#words";
import type { Mistakes } from "./fields.ts";
import type { Form } from "./form.ts";

export function readNewPin({ fields: { newPin } }: Words, form: Form) {
  const [pin, repeat] = [form.text("pin_new"), form.text("pin_repeat")];
  const wellFormed = /^\d{4,8}$/.test(pin);
  const mistakes: Mistakes = {
    ...(!wellFormed && { pin_new: pin === "" ? newPin.missing : newPin.weakness["pin.length"] }),
    ...(wellFormed && repeat !== pin && { pin_repeat: repeat === "" ? newPin.repeatMissing : newPin.different }),
  };
  return { pin, mistakes };
}

export function isPinWeakness({ fields }: Words, refusal: string): refusal is keyof Words["fields"]["newPin"]["weakness"] {
  return Object.hasOwn(fields.newPin.weakness, refusal);
}
