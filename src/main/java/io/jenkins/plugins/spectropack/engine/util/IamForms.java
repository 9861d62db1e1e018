package io.jenkins.plugins.spectropack.engine.util;

import java.util.regex.Pattern;

/** Which texts may name a role of AWS IAM, and may be the external id that its trust policy asks for. */
public final class IamForms {

    // Source: the IAM user guide, "IAM identifiers", and "IAM and AWS STS quotas": a path of 512 characters, a name of
    // 64.
    private static final Pattern ROLE_ARN =
            Pattern.compile("arn:aws(?:-[a-z]{1,10}){0,3}:iam::[0-9]{12}:role/[!-~]{1,576}");

    // Source: the API reference of STS, AssumeRole.
    private static final Pattern EXTERNAL_ID = Pattern.compile("[A-Za-z0-9_+=,.@:/-]{2,1224}");

    private static final int LONGEST = 2048;

    private IamForms() {}

    /** Whether this may be the ARN of a role, {@code arn:PARTITION:iam::ACCOUNT:role/NAME}. */
    public static boolean isRoleArn(String text) {
        return text.length() <= LONGEST && ROLE_ARN.matcher(text).matches();
    }

    /** Whether this may be an external id. */
    public static boolean isExternalId(String text) {
        return text.length() <= LONGEST && EXTERNAL_ID.matcher(text).matches();
    }
}
