import { samples, type States } from "#sites/kit";
import { actConfirmView } from "./act.view.ts";
import { commonStates } from "./acts.states.ts";
import { changeEmail } from "./change-email.act.ts";

const { csrf, email } = samples;
const form = { csrf, mistakes: {}, mistake: null, given: null, email };

export const changeEmailStates: States = {
  email: (words) => changeEmail.formView(words, form),
  "email-none": (words) => changeEmail.formView(words, { ...form, email: null }),
  "email-same": (words) =>
    changeEmail.formView(words, {
      ...{ ...form, given: { email }, mistake: "email.same", mistakes: changeEmail.mistaken(words, "email.same") },
    }),
  "email-confirm": (words) => actConfirmView(words, changeEmail, { csrf, email }),
  ...commonStates(changeEmail, email),
};
