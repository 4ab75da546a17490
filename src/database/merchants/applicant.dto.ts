import { FromForm } from '../forms/form-field.decorator.js';
import { applicantForm } from './applicant-form.js';

/** The fields of the registration form about the person, filled in. */
export class CreateApplicantDto {
  @FromForm(applicantForm.wechatId)
  wechatId!: string;

  @FromForm(applicantForm.displayName)
  displayName!: string;

  @FromForm(applicantForm.phone)
  phone?: string;

  @FromForm(applicantForm.email)
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
