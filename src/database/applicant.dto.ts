import { FromForm } from './form-field.decorator.js';
import { registrationForm } from './registration-form.js';

/** The fields of the registration form about the person, filled in. */
export class CreateApplicantDto {
  @FromForm(registrationForm.wechatId)
  wechatId!: string;

  @FromForm(registrationForm.displayName)
  displayName!: string;

  @FromForm(registrationForm.phone)
  phone?: string;

  @FromForm(registrationForm.email)
  email?: string;
}

/** What people said of themselves, of an application and then of the merchant. */
export class ApplicantDto {
  /** As the merchant wrote it. */
  wechatId!: string;
  /** What the merchant is called. */
  displayName!: string;
  /** Null: none was given. */
  phone!: string | null;
  /** Null: none was given. */
  email!: string | null;
}
