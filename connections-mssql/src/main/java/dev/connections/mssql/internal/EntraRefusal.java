package dev.connections.mssql.internal;

import dev.connections.api.Failure;
import dev.connections.api.Field;
import dev.connections.api.StandardErrorCode;

/**
 * Why Microsoft Entra refuses an identity. Each answer holds a number after the letters AADSTS,
 * which Microsoft lists under "Microsoft Entra authentication and authorization error codes".
 */
final class EntraRefusal {
  /** What stands before each number. */
  static final String PREFIX = "AADSTS";

  private EntraRefusal() {}

  /** What a number means; the number itself is told, so that it can be looked up. */
  static Failure of(int number) {
    return meaning(number).withVendorCode(PREFIX + number);
  }

  private static Failure meaning(int number) {
    return switch (number) {
      case 7000215 -> // Often the id of the secret was entered in its place
          said(
              StandardErrorCode.WRONG_CREDENTIALS,
              "Microsoft Entra doesn't accept the application's secret.",
              "Enter the secret's value, not its id.",
              MssqlFields.PASSWORD);
      case 7000222 -> // Secrets of applications end after two years at most
          said(
              StandardErrorCode.EXPIRED_CREDENTIALS,
              "The application's secret has expired.",
              "Make a new secret for the application in Microsoft Entra, and enter it here.",
              MssqlFields.PASSWORD);
      case 50126, 50056, 50064 -> // Of a user
          said(
              StandardErrorCode.WRONG_CREDENTIALS,
              "Microsoft Entra doesn't accept this user name and password.",
              "Enter both again.",
              MssqlFields.USER,
              MssqlFields.PASSWORD);
      case 50055, 50142, 50144 -> // Of a user
          said(
              StandardErrorCode.EXPIRED_CREDENTIALS,
              "The password has expired or must be changed.",
              "Have the user sign in to Microsoft Entra and set a new one, and enter it here.",
              MssqlFields.PASSWORD);
      case 50053,
          50057,
          7000112 -> // By too many wrong passwords, or by an administrator; 7000112 is an
          // application
          said(
              StandardErrorCode.ACCOUNT_LOCKED,
              "The identity is locked or disabled in Microsoft Entra.",
              "Ask the administrator of the directory to unlock it.",
              MssqlFields.USER);
      case 50034, 50020, 51004 -> // Not in the directory of the server
          said(
              StandardErrorCode.WRONG_CREDENTIALS,
              "The directory of this server knows no such user.",
              "Enter the user's full name, such as ada@example.com.",
              MssqlFields.USER);
      case 700016 -> // Not in the directory of the server
          said(
              StandardErrorCode.WRONG_CREDENTIALS,
              "The directory of this server knows no application with this client id.",
              "Enter the application's client id, not its object id or name; it must be registered in the"
                  + " directory that the server belongs to.",
              MssqlFields.USER);
      case 90002, 900023 -> // The server itself names the directory
          said(
              StandardErrorCode.METHOD_REFUSED,
              "Microsoft Entra knows no directory like the one that the server names.",
              "Check the server's name; and that the server is set up for Microsoft Entra.",
              MssqlFields.SERVER,
              MssqlFields.AZURE_MODE);
      case 53000,
          53001,
          53003,
          50005,
          50097,
          530034 -> // A rule about places, devices or applications
          said(
              StandardErrorCode.METHOD_REFUSED,
              "A rule of conditional access keeps this identity from signing in from here.",
              "Ask the administrator of the directory for an exception, or choose another kind of"
                  + " identity.",
              MssqlFields.USER,
              MssqlFields.AZURE_MODE);
      case 50072, 50074, 50076, 50079, 50158 -> // A second factor, which nobody is here to show
          said(
              StandardErrorCode.METHOD_REFUSED,
              "Microsoft Entra asks this user for more than a password, which an application can't give.",
              "Choose service_principal, managed_identity or access_token.",
              MssqlFields.AZURE_MODE);
      case 65001,
          90094,
          500011,
          650052 -> // Of an administrator, or to the use of the database's service
          said(
              StandardErrorCode.CONSENT_NEEDED,
              "The directory hasn't consented that this identity uses Azure SQL.",
              "Ask the administrator of the directory to consent.",
              MssqlFields.AZURE_MODE);
      case 90006, 90024, 90033 -> // It will pass
          said(
              StandardErrorCode.UNAVAILABLE,
              "Microsoft Entra can't give tokens at the moment.",
              "Try again in a minute.",
              MssqlFields.AZURE_MODE);
      default ->
          said(
              StandardErrorCode.WRONG_CREDENTIALS,
              "Microsoft Entra refuses this identity with a code of its own.",
              "Look the code up in Microsoft Entra's documentation, and at the sign-in log of the"
                  + " directory.",
              MssqlFields.USER,
              MssqlFields.PASSWORD,
              MssqlFields.AZURE_MODE);
    };
  }

  private static Failure said(
      StandardErrorCode code, String message, String remedy, Field<?>... fields) {
    return Failure.of(code, message).withRemedy(remedy).withFields(fields);
  }
}
